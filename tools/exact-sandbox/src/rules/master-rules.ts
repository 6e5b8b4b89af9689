import type { TableName } from '../store/division.js';
import { object, requireFreeCode, requireText, type EntityRules, type Values } from './write-context.js';

const COST_CODE_MAX = 8;

/** Master data: a code and a description are needed, the code is unique in its division (specification, section 4.6). */
export function masterRules(table: TableName, options: { readonly isCodeFixed: boolean }): EntityRules {
  return {
    create: (context, values) => {
      requireText(context, values, 'Code', 'Code');
      requireText(context, values, 'Description', 'Omschrijving');
      const code = String(values.Code).trim();
      if (options.isCodeFixed && code.length > COST_CODE_MAX) throw object(context, 'length', 'Code');
      requireFreeCode(context, table, code);
      return context.changes.insert(
        context.division,
        table,
        { user: context.user },
        { ...values, Code: code },
      );
    },
    update: (context, row, values) => {
      const kept = options.isCodeFixed ? withoutCode(values) : values;
      requireFreeCode(context, table, kept.Code, row);
      context.changes.update(context.division, table, row, context.user, kept);
    },
    remove: (context, row) => {
      if (isUsed(context.division, table, row.$row, row.Code))
        throw object(context, 'inUse', 'Boekstuknummer');
      context.changes.remove(context.division, table, row, context.user);
    },
  };
}

function withoutCode(values: Values): Values {
  const { Code: _code, ...rest } = values;
  return rest;
}

function isUsed(
  division: Parameters<EntityRules['create']>[0]['division'],
  table: TableName,
  row: number,
  code: unknown,
): boolean {
  const { SalesEntries, SalesEntryLines } = division.tables;
  switch (table) {
    case 'Journals':
      return !SalesEntries.where('Journal', String(code)).next().done;
    case 'GLAccounts':
      return !SalesEntryLines.where('GLAccount', row).next().done;
    case 'VATCodes':
      return !SalesEntryLines.where('VATCode', String(code)).next().done;
    default:
      return false;
  }
}
