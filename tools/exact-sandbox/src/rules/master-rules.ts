import type { Division, TableName } from '../store/division.js';
import type { Row, Value } from '../store/rows.js';
import { object, requireTexts, type EntityRules, type Values } from './write-context.js';

const COST_CODE_MAX = 8;

/** Master data: a code and a description are needed, the code is unique in its division (specification, section 4.6). */
export function masterRules(table: TableName, options: { readonly isCodeFixed: boolean }): EntityRules {
  const isTaken = (division: Division, code: Value, self?: Row): boolean => {
    const other = typeof code === 'string' ? division.master(table, code) : undefined;
    return other !== undefined && other !== self;
  };
  return {
    create: (context, values) => {
      requireTexts(context, values, { Code: 'Code', Description: 'Omschrijving' });
      const code = String(values.Code).trim();
      if (options.isCodeFixed && code.length > COST_CODE_MAX) throw object(context, 'length', 'Code');
      if (isTaken(context.division, code)) throw object(context, 'exists');
      return context.changes.insert(table, { ...values, Code: code });
    },
    update: (context, row, values) => {
      const kept = options.isCodeFixed ? withoutCode(values) : values;
      if (isTaken(context.division, kept.Code, row)) throw object(context, 'exists');
      context.changes.update(table, row, kept);
    },
    remove: (context, row) => {
      if (isUsed(context.division, table, row)) throw object(context, 'inUse', 'Boekstuknummer');
      context.changes.remove(table, row);
    },
  };
}

function withoutCode(values: Values): Values {
  const { Code: _code, ...rest } = values;
  return rest;
}

function isUsed({ tables }: Division, table: TableName, row: Row): boolean {
  switch (table) {
    case 'Journals':
      return tables.SalesEntries.has('Journal', row.Code);
    case 'GLAccounts':
      return tables.SalesEntryLines.has('GLAccount', row.$row);
    case 'VATCodes':
      return tables.SalesEntryLines.has('VATCode', row.Code);
    default:
      return false;
  }
}
