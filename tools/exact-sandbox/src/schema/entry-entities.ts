import { wallTimeMs } from '../odata/amsterdam-time.js';
import { textOf, type Row, type Value } from '../store/rows.js';
import type { Division } from '../store/division.js';
import { accountCodeText } from './crm-entities.js';
import type { Reader } from './edm.js';
import { defineEntity } from './entity.js';
import { RECEIVABLE_LIST_FIELDS, SALES_ENTRY_FIELDS, SALES_ENTRY_LINE_FIELDS } from './fields/entries.js';
import { DELETED_FIELDS } from './fields/system.js';

const masterText =
  (
    table: 'Journals' | 'PaymentConditions' | 'VATCodes' | 'Costcenters' | 'Costunits',
    property: string,
  ): Reader =>
  (row, division) => {
    const code = textOf(row, property);
    return code === '' ? null : (division.master(table, code)?.Description ?? null);
  };

const accountText =
  (read: (account: Row, division: Division) => Value): Reader =>
  (row, division) => {
    const account = division.account(row);
    return account ? read(account, division) : null;
  };

const accountGuid: Reader = (row, division) =>
  row.$account < 0 ? null : division.tables.Accounts.guid(row.$account);

const glAccount =
  (wanted: 'Code' | 'Description'): Reader =>
  (row, division) =>
    typeof row.GLAccount === 'number'
      ? (division.tables.GLAccounts.get(row.GLAccount)?.[wanted] ?? null)
      : null;

export const SALES_ENTRIES = defineEntity({
  table: 'SalesEntries',
  path: 'salesentry/SalesEntries',
  model: 'SalesEntry',
  key: 'EntryID',
  fields: SALES_ENTRY_FIELDS,
  owner: 'Customer',
  defaults: {
    Currency: 'EUR',
    IsExtraDuty: false,
    Rate: 1,
    Reversal: false,
    Status: 20,
    StatusDescription: 'Open',
  },
  collections: { SalesEntryLines: 'SalesEntryLines' },
  readers: {
    Customer: accountGuid,
    CustomerName: accountText((account) => account.Name),
    JournalDescription: masterText('Journals', 'Journal'),
    PaymentConditionDescription: masterText('PaymentConditions', 'PaymentCondition'),
    PaymentConditionPaymentMethod: (row, division) =>
      division.master('PaymentConditions', textOf(row, 'PaymentCondition'))?.PaymentMethod ?? 'B',
    TypeDescription: (row) => (row.Type === 21 ? 'Verkoopboeking: Creditnota' : 'Verkoopboeking'),
  },
});

export const SALES_ENTRY_LINES = defineEntity({
  table: 'SalesEntryLines',
  path: 'salesentry/SalesEntryLines',
  model: 'SalesEntryLine',
  key: 'ID',
  fields: SALES_ENTRY_LINE_FIELDS,
  references: { EntryID: 'SalesEntries', GLAccount: 'GLAccounts' },
  widths: { VATCode: 3 },
  readers: {
    GLAccountCode: glAccount('Code'),
    GLAccountDescription: glAccount('Description'),
    VATCodeDescription: masterText('VATCodes', 'VATCode'),
    CostCenterDescription: masterText('Costcenters', 'CostCenter'),
    CostUnitDescription: masterText('Costunits', 'CostUnit'),
  },
});

export const RECEIVABLES = defineEntity({
  table: 'Receivables',
  path: 'read/financial/ReceivablesList',
  model: 'Financial.Receivable',
  key: 'HID',
  fields: RECEIVABLE_LIST_FIELDS,
  defaults: { AmountInTransit: 0, CurrencyCode: 'EUR' },
  readers: {
    Id: (row, division) => division.tables.Receivables.guid(row.$row),
    AccountId: accountGuid,
    AccountCode: accountText(accountCodeText),
    AccountName: accountText((account) => account.Name),
    JournalDescription: masterText('Journals', 'JournalCode'),
  },
});

export const DELETED = defineEntity({
  table: 'Deleted',
  path: 'sync/Deleted',
  model: 'Sync.Deleted',
  key: 'ID',
  fields: DELETED_FIELDS,
  readers: {
    DeletedDate: (row) => wallTimeMs(row.$created),
    DeletedBy: (row, division) => division.users.guid(row.$creator),
  },
});
