import { calendarDayMs } from '../odata/amsterdam-time.js';
import type { Row, Value } from '../store/rows.js';
import { copyToAccount } from './account-rules.js';
import { object, requireText, type EntityRules, type Values, type WriteContext } from './write-context.js';

const ADDRESS_TYPES: ReadonlySet<Value> = new Set([1, 2, 3, 4]);
const ADDRESS_IDENTITY = ['AddressLine1', 'AddressLine2', 'Postcode', 'City', 'Country'] as const;

/** People: `crm/Contacts`; the first one of an account becomes its main contact (specification, section 4.3). */
export const CONTACT_RULES: EntityRules = {
  create: (context, values) => {
    const account = ownerOf(context, values);
    requireText(context, values, 'FirstName', 'Voornaam');
    requireText(context, values, 'LastName', 'Achternaam');
    const { division, changes, user, now } = context;
    const row = changes.insert(
      division,
      'Contacts',
      { user, account: account.$row },
      {
        HID: division.nextContactNumber,
        StartDate: calendarDayMs(now),
        ...own(values),
      },
    );
    division.nextContactNumber += 1;
    if (typeof account.MainContact !== 'number') {
      changes.update(division, 'Accounts', account, user, { MainContact: row.$row });
    }
    return row;
  },
  update: (context, row, values) => {
    context.changes.update(context.division, 'Contacts', row, context.user, moved(context, values));
  },
  remove: (context, row) => {
    const { division, changes, user } = context;
    const account = division.account(row);
    changes.remove(division, 'Contacts', row, user);
    if (account?.MainContact === row.$row)
      changes.update(division, 'Accounts', account, user, { MainContact: null });
  },
};

/** Addresses: a POST of an address that exists gives the existing one (section 4.4). */
export const ADDRESS_RULES: EntityRules = {
  create: (context, values) => {
    const account = ownerOf(context, values);
    const complete = { Type: 1, Country: 'NL', ...own(values) };
    if (!ADDRESS_TYPES.has(complete.Type)) throw object(context, 'invalid', 'Type');
    const siblings = [...context.division.tables.Addresses.where('$account', account.$row)];
    const same = siblings.find((row) => row.Type === complete.Type && isSameAddress(row, complete));
    if (same) return same;
    const { division, changes, user } = context;
    const isFirst = !siblings.some((row) => row.Type === complete.Type && row.Main === true);
    const isMain = isFirst || values.Main === true;
    const row = changes.insert(
      division,
      'Addresses',
      { user, account: account.$row },
      { ...complete, Main: isMain },
    );
    if (isMain) onlyMain(context, row);
    return row;
  },
  update: (context, row, values) => {
    context.changes.update(context.division, 'Addresses', row, context.user, moved(context, values));
    if (values.Main === true) onlyMain(context, row);
    copyToAccount(context, row);
  },
  remove: (context, row) => context.changes.remove(context.division, 'Addresses', row, context.user),
};

/** Bank accounts of relations: IBAN, format and bank are derived from the number (section 4.5). */
export const BANK_ACCOUNT_RULES: EntityRules = {
  create: (context, values) => {
    const account = ownerOf(context, values);
    requireText(context, values, 'BankAccount', 'Bankrekening');
    const { division, changes, user } = context;
    const siblings = [...division.tables.BankAccounts.where('$account', account.$row)];
    const number = compact(values.BankAccount);
    if (siblings.some((row) => row.BankAccount === number)) throw object(context, 'exists');
    const isMain = values.Main === true || siblings.length === 0;
    return changes.insert(
      division,
      'BankAccounts',
      { user, account: account.$row },
      {
        ...own(values),
        BankAccount: number,
        Main: isMain,
      },
    );
  },
  update: (context, row, values) => {
    const number = 'BankAccount' in values ? { BankAccount: compact(values.BankAccount) } : {};
    context.changes.update(context.division, 'BankAccounts', row, context.user, {
      ...moved(context, values),
      ...number,
    });
  },
  remove: (context, row) => context.changes.remove(context.division, 'BankAccounts', row, context.user),
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
function moved(_context: WriteContext, values: Values): Values {
  return values.$account === undefined || values.$account === null ? own(values) : values;
}

function isSameAddress(row: Row, values: Values): boolean {
  return ADDRESS_IDENTITY.every((name) => folded(row[name]) === folded(values[name]));
}

function folded(value: Value): string {
  return typeof value === 'string' ? value.trim().toLowerCase() : '';
}

function onlyMain(context: WriteContext, main: Row): void {
  const { division, changes, user } = context;
  for (const row of division.tables.Addresses.where('$account', main.$account)) {
    if (row !== main && row.Type === main.Type && row.Main === true) {
      changes.update(division, 'Addresses', row, user, { Main: false });
    }
  }
  copyToAccount(context, main);
}

function compact(value: Value): string {
  return typeof value === 'string' ? value.replace(/[\s.]/g, '').toUpperCase() : '';
}
