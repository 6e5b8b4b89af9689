import { calendarDayMs } from '../odata/amsterdam-time.js';
import { COUNTRY_CODES } from '../schema/crm-entities.js';
import type { Row, Value } from '../store/rows.js';
import {
  object,
  requireMaster,
  requireText,
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
    requireText(context, values, 'Name', 'Naam');
    checkReferences(context, values);
    const { division, changes, user, now } = context;
    const $code = takeCode(context, values.Code);
    const rest = { ...withoutCode(values), ...currencies(values) };
    const row = changes.insert(
      division,
      'Accounts',
      { user },
      {
        $code,
        $party: -1,
        $mark: 'written',
        ...rest,
        Country: rest.Country ?? 'NL',
        StartDate: rest.StartDate ?? calendarDayMs(now),
      },
    );
    mirrorVisitAddress(context, row, values);
    return row;
  },
  update: (context, row, values) => {
    // Exact objects to a Code in an update even when it is the account's own.
    if ('Code' in values) throw object(context, 'exists');
    if ('Name' in values) requireText(context, values, 'Name', 'Naam');
    checkReferences(context, values);
    context.changes.update(context.division, 'Accounts', row, context.user, {
      ...values,
      ...currencies(values),
    });
    mirrorVisitAddress(context, row, values);
  },
  remove: (context, row) => {
    const { division, changes, user } = context;
    for (const table of ['SalesEntries', 'Receivables'] as const) {
      for (const _used of division.tables[table].where('$account', row.$row)) {
        throw object(context, 'inUse', 'Boekstuknummer');
      }
    }
    for (const table of ['Contacts', 'Addresses', 'BankAccounts'] as const) {
      const parts = [...division.tables[table].where('$account', row.$row)];
      for (const part of parts) changes.remove(division, table, part, user);
    }
    changes.remove(division, 'Accounts', row, user);
  },
};

/** Copies a main visit address into its account without touching the account's row version (section 5.2). */
export function copyToAccount({ division }: WriteContext, address: Row): void {
  const account = division.account(address);
  if (!account || address.Type !== 1 || address.Main !== true) return;
  for (const name of ADDRESS_FIELDS) account[name] = address[name];
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
  for (const _taken of division.tables.Accounts.where('$code', code)) throw object(context, 'exists');
  division.nextAccountCode = Math.max(division.nextAccountCode, code + 1);
  return code;
}

function checkReferences(context: WriteContext, values: Values): void {
  const { Status, Country } = values;
  if (Status !== undefined && Status !== null && !STATUSES.has(Status))
    throw object(context, 'invalid', 'Status');
  if (typeof Country === 'string' && !COUNTRY_CODES.includes(Country.trim()))
    throw object(context, 'reference', 'Land');
  requireMaster(context, 'PaymentConditions', values.PaymentConditionSales, 'Betalingsconditie');
  requireMaster(context, 'PaymentConditions', values.PaymentConditionPurchase, 'Betalingsconditie');
  requireMaster(context, 'VATCodes', values.SalesVATCode, 'Btw-code');
  requireMaster(context, 'VATCodes', values.PurchaseVATCode, 'Btw-code');
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
  const { division, changes, user } = context;
  const address = Object.fromEntries(ADDRESS_FIELDS.map((name) => [name, account[name]]));
  for (const row of division.tables.Addresses.where('$account', account.$row)) {
    if (row.Type === 1 && row.Main === true) {
      changes.update(division, 'Addresses', row, user, address);
      return;
    }
  }
  changes.insert(division, 'Addresses', { user, account: account.$row }, { Type: 1, Main: true, ...address });
}
