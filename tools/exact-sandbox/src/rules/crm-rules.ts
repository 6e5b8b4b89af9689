import { calendarDayMs } from '../odata/amsterdam-time.js';
import type { Row, Value } from '../store/rows.js';
import { copyToAccount } from './account-rules.js';
import { object, requireTexts, type EntityRules, type Values, type WriteContext } from './write-context.js';

const ADDRESS_TYPES: ReadonlySet<Value> = new Set([1, 2, 3, 4]);
const ADDRESS_IDENTITY = ['AddressLine1', 'AddressLine2', 'Postcode', 'City', 'Country'] as const;

/** People: `crm/Contacts`; the first one of an account becomes its main contact (specification, section 4.3). */
export const CONTACT_RULES: EntityRules = {
  create: (context, values) => {
    const account = ownerOf(context, values);
    requireTexts(context, values, { FirstName: 'Voornaam', LastName: 'Achternaam' });
    const { division, changes, now } = context;
    const defaults = { HID: division.nextContactNumber, StartDate: calendarDayMs(now) };
    const row = changes.insert('Contacts', { ...defaults, ...own(values) }, account.$row);
    division.nextContactNumber += 1;
    if (typeof account.MainContact !== 'number')
      changes.update('Accounts', account, { MainContact: row.$row });
    return row;
  },
  update: (context, row, values) => context.changes.update('Contacts', row, moved(values)),
  remove: (context, row) => {
    const { division, changes } = context;
    const account = division.account(row);
    changes.remove('Contacts', row);
    if (account?.MainContact === row.$row) changes.update('Accounts', account, { MainContact: null });
  },
};

/** Addresses: a POST of an address that exists gives the existing one (section 4.4). */
export const ADDRESS_RULES: EntityRules = {
  create: (context, values) => {
    const account = ownerOf(context, values);
    const complete = { Type: 1, Country: 'NL', ...own(values) };
    if (!ADDRESS_TYPES.has(complete.Type)) throw object(context, 'invalid', 'Type');
    const siblings = [...context.division.tables.Addresses.where('$account', account.$row)];
    const ofType = siblings.filter((row) => row.Type === complete.Type);
    const same = ofType.find((row) => isSameAddress(row, complete));
    if (same) return same;
    const isMain = values.Main === true || !ofType.some((row) => row.Main === true);
    const row = context.changes.insert('Addresses', { ...complete, Main: isMain }, account.$row);
    if (isMain) onlyMain(context, row);
    return row;
  },
  update: (context, row, values) => {
    context.changes.update('Addresses', row, moved(values));
    if (values.Main === true) onlyMain(context, row);
    copyToAccount(context, row);
  },
  remove: (context, row) => context.changes.remove('Addresses', row),
};

/** Bank accounts of relations: IBAN, format and bank are derived from the number (section 4.5). */
export const BANK_ACCOUNT_RULES: EntityRules = {
  create: (context, values) => {
    const account = ownerOf(context, values);
    requireTexts(context, values, { BankAccount: 'Bankrekening' });
    const siblings = [...context.division.tables.BankAccounts.where('$account', account.$row)];
    const number = compact(values.BankAccount);
    if (siblings.some((row) => row.BankAccount === number)) throw object(context, 'exists');
    const isMain = values.Main === true || siblings.length === 0;
    return context.changes.insert(
      'BankAccounts',
      { ...own(values), BankAccount: number, Main: isMain },
      account.$row,
    );
  },
  update: (context, row, values) => {
    const number = 'BankAccount' in values ? { BankAccount: compact(values.BankAccount) } : {};
    context.changes.update('BankAccounts', row, { ...moved(values), ...number });
  },
  remove: (context, row) => context.changes.remove('BankAccounts', row),
};

function ownerOf(context: WriteContext, values: Values): Row {
  const account =
    typeof values.$account === 'number' ? context.division.tables.Accounts.get(values.$account) : undefined;
  if (!account) throw object(context, 'mandatory', 'Relatie');
  return account;
}

function own(values: Values): Values {
  const { $account: _account, ...rest } = values;
  return rest;
}

/** A change of owner to nobody is ignored. */
function moved(values: Values): Values {
  return values.$account === undefined || values.$account === null ? own(values) : values;
}

function isSameAddress(row: Row, values: Values): boolean {
  return ADDRESS_IDENTITY.every((name) => folded(row[name]) === folded(values[name]));
}

function folded(value: Value): string {
  return typeof value === 'string' ? value.trim().toLowerCase() : '';
}

function onlyMain(context: WriteContext, main: Row): void {
  for (const row of context.division.tables.Addresses.where('$account', main.$account)) {
    const isRival = row !== main && row.Type === main.Type && row.Main === true;
    if (isRival) context.changes.update('Addresses', row, { Main: false });
  }
  copyToAccount(context, main);
}

function compact(value: Value): string {
  return typeof value === 'string' ? value.replace(/[\s.]/g, '').toUpperCase() : '';
}
