import { calendarDayMs } from '../odata/amsterdam-time.js';
import { COUNTRY_CODES } from '../schema/crm-entities.js';
import type { Row, Value } from '../store/rows.js';
import {
  object,
  requireMasters,
  requireTexts,
  type EntityRules,
  type Values,
  type WriteContext,
} from './write-context.js';

const STATUSES: ReadonlySet<Value> = new Set(['A', 'S', 'P', 'C']);
const CURRENCIES: ReadonlySet<Value> = new Set(['EUR']);
const ADDRESS_FIELDS = [
  'AddressLine1',
  'AddressLine2',
  'AddressLine3',
  'Postcode',
  'City',
  'State',
  'Country',
] as const;
const CODE_DIGITS_MAX = 15;

/** Customers and suppliers: `crm/Accounts` (specification, section 4.2). */
export const ACCOUNT_RULES: EntityRules = {
  create: (context, values) => {
    requireTexts(context, values, { Name: 'Naam' });
    checkReferences(context, values);
    const { changes, now } = context;
    const $code = takeCode(context, values.Code);
    const rest = { ...withoutCode(values), ...currencies(values) };
    const row = changes.insert('Accounts', {
      $code,
      $party: -1,
      $mark: 'written',
      ...rest,
      Country: rest.Country ?? 'NL',
      StartDate: rest.StartDate ?? calendarDayMs(now),
    });
    mirrorVisitAddress(context, row, values);
    return row;
  },
  update: (context, row, values) => {
    // Exact objects to a Code in an update even when it is the account's own.
    if ('Code' in values) throw object(context, 'exists');
    if ('Name' in values) requireTexts(context, values, { Name: 'Naam' });
    checkReferences(context, values);
    context.changes.update('Accounts', row, {
      ...values,
      ...currencies(values),
    });
    mirrorVisitAddress(context, row, values);
  },
  remove: (context, row) => {
    const { division, changes } = context;
    const { SalesEntries, Receivables } = division.tables;
    if (SalesEntries.has('$account', row.$row) || Receivables.has('$account', row.$row)) {
      throw object(context, 'inUse', 'Boekstuknummer');
    }
    for (const table of ['Contacts', 'Addresses', 'BankAccounts'] as const) {
      const parts = [...division.tables[table].where('$account', row.$row)];
      for (const part of parts) changes.remove(table, part);
    }
    changes.remove('Accounts', row);
  },
};

/** Copies a main visit address into its account without touching the account's row version (section 5.2). */
export function copyToAccount({ division, changes }: WriteContext, address: Row): void {
  const account = division.account(address);
  if (!account || address.Type !== 1 || address.Main !== true) return;
  changes.amend('Accounts', account, Object.fromEntries(ADDRESS_FIELDS.map((name) => [name, address[name]])));
}

function withoutCode(values: Values): Values {
  const { Code: _code, ...rest } = values;
  return rest;
}

function takeCode(context: WriteContext, asked: Value): number {
  const { division } = context;
  const text = typeof asked === 'string' ? asked.trim() : '';
  if (text === '') {
    const next = division.nextAccountCode;
    division.nextAccountCode += 1;
    return next;
  }
  if (!/^\d+$/.test(text) || text.length > CODE_DIGITS_MAX) throw object(context, 'invalid', 'Code');
  const code = Number(text);
  if (division.tables.Accounts.has('$code', code)) throw object(context, 'exists');
  division.nextAccountCode = Math.max(division.nextAccountCode, code + 1);
  return code;
}

function checkReferences(context: WriteContext, values: Values): void {
  const { Status, Country } = values;
  if (Status !== undefined && Status !== null && !STATUSES.has(Status))
    throw object(context, 'invalid', 'Status');
  if (typeof Country === 'string' && !COUNTRY_CODES.includes(Country.trim()))
    throw object(context, 'reference', 'Land');
  requireMasters(context, [
    { table: 'PaymentConditions', code: values.PaymentConditionSales, thing: 'Betalingsconditie' },
    { table: 'PaymentConditions', code: values.PaymentConditionPurchase, thing: 'Betalingsconditie' },
    { table: 'VATCodes', code: values.SalesVATCode, thing: 'Btw-code' },
    { table: 'VATCodes', code: values.PurchaseVATCode, thing: 'Btw-code' },
  ]);
}

/** "If the currency code is not in the active currencies, the value will be set to empty." */
function currencies(values: Values): Values {
  const names = ['SalesCurrency', 'PurchaseCurrency'].filter(
    (name) => name in values && !CURRENCIES.has(values[name]),
  );
  return Object.fromEntries(names.map((name) => [name, '']));
}

/** Address fields of an account are its main visit address: writing them writes that record too. */
function mirrorVisitAddress(context: WriteContext, account: Row, values: Values): void {
  const written = ADDRESS_FIELDS.filter((name) => name in values);
  if (written.length === 0) return;
  const { division, changes } = context;
  const address = Object.fromEntries(ADDRESS_FIELDS.map((name) => [name, account[name]]));
  for (const row of division.tables.Addresses.where('$account', account.$row)) {
    if (row.Type === 1 && row.Main === true) {
      changes.update('Addresses', row, address);
      return;
    }
  }
  changes.insert('Addresses', { Type: 1, Main: true, ...address }, account.$row);
}
