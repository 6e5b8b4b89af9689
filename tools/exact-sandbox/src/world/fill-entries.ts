import type { Random } from '../random.js';
import { takeReceivable } from '../rules/receivable.js';
import { insertRow } from '../store/insert.js';
import type { Division } from '../store/division.js';
import { textOf, type Row } from '../store/rows.js';

const ENTRIES_MAX = 40;
const DAY_MS = 86_400_000;
const OPEN_SHARE = 0.7;
const VAT_HIGH = 0.21;

/** Books some sales entries of the last months, most of them still open. */
export function fillEntries(division: Division, random: Random, today: number): void {
  const customers = [...division.tables.Accounts.where('Status', 'C')].filter((row) => row.Type !== 'D');
  const ledger = division.master('GLAccounts', '8000');
  if (customers.length === 0 || !ledger) return;
  const count = Math.min(ENTRIES_MAX, Math.ceil(division.tables.Accounts.size / 15));
  for (let i = 0; i < count; i += 1) {
    const date = today - (90 - Math.floor((i * 85) / count)) * DAY_MS;
    const entry = addEntry(division, random.pick(customers), { ledger, date, net: 250 + random.int(20_000) });
    if (random.chance(OPEN_SHARE)) {
      const values = takeReceivable(division, entry);
      insertRow(division, 'Receivables', { at: entry.$created, user: 0, account: entry.$account, values });
    }
  }
}

function addEntry(
  division: Division,
  customer: Row,
  { ledger, date, net }: { readonly ledger: Row; readonly date: number; readonly net: number },
): Row {
  const at = date + DAY_MS / 3;
  const vat = Math.round(net * VAT_HIGH * 100) / 100;
  const number = division.takeEntryNumber('70', new Date(date).getUTCFullYear());
  const values = {
    Journal: '70',
    EntryDate: date,
    DueDate: date + 30 * DAY_MS,
    EntryNumber: number,
    InvoiceNumber: number,
    PaymentCondition: '30',
    ReportingYear: new Date(date).getUTCFullYear(),
    ReportingPeriod: new Date(date).getUTCMonth() + 1,
    Description: `Termijn ${textOf(customer, 'Name')}`.slice(0, 60),
    AmountDC: net + vat,
    AmountFC: net + vat,
    VATAmountDC: vat,
    VATAmountFC: vat,
    Type: 20,
  };
  const entry = insertRow(division, 'SalesEntries', { at, user: 0, account: customer.$row, values });
  const amounts = { AmountFC: net, AmountDC: net, VATAmountFC: vat, VATAmountDC: vat };
  const line = {
    EntryID: entry.$row,
    LineNumber: 1,
    GLAccount: ledger.$row,
    VATCode: '4',
    VATPercentage: VAT_HIGH,
  };
  insertRow(division, 'SalesEntryLines', { at, user: 0, values: { ...line, ...amounts } });
  return entry;
}
