import { calendarDayMs } from '../odata/amsterdam-time.js';
import { numberOf, textOf, type Row } from '../store/rows.js';
import { takeReceivable } from './receivable.js';
import {
  object,
  requireMasters,
  type EntityRules,
  type MasterReference,
  type Values,
  type WriteContext,
} from './write-context.js';

const SALES_JOURNAL = 20;
const DAY_MS = 86_400_000;
const ENTRY = 20;
const CREDIT = 21;
const LINES_MAX = 1_000;
/** Account types that a sales line may book on: revenue, cost of goods, and balance accounts that are no AR, AP or bank. */
const REFUSED_LEDGER_TYPES: ReadonlySet<number> = new Set([10, 12, 14, 16, 20, 22, 24]);

interface PricedLine {
  readonly values: Values;
  readonly net: number;
  readonly vat: number;
}

/** Sales bookings: `salesentry/SalesEntries` (specification, section 4.8). */
export const SALES_ENTRY_RULES: EntityRules = {
  create: (context, values, lines) => {
    const account = customerOf(context, values);
    const journal = journalOf(context, values);
    const date = numberOf(values, 'EntryDate') ?? calendarDayMs(context.now);
    checkPeriod(context, date);
    requireMasters(context, [paymentCondition(values)]);
    if (lines.length === 0) throw object(context, 'mandatory', 'Regels');
    if (lines.length > LINES_MAX) throw object(context, 'invalid', 'Regels');
    const priced = lines.map((line) => priceLine(context, line));
    return book(context, values, { account, journal, date, priced });
  },
  update: (context, row, values) => {
    requireMasters(context, [paymentCondition(values)]);
    const { Journal: _journal, $account: _account, ...rest } = values;
    context.changes.update('SalesEntries', row, rest);
  },
  remove: (context, row) => {
    const { division, changes } = context;
    checkPeriod(context, numberOf(row, 'EntryDate') ?? 0);
    const lines = [...division.tables.SalesEntryLines.where('EntryID', row.$row)];
    for (const line of lines) changes.remove('SalesEntryLines', line);
    const terms = [...division.tables.Receivables.where('$entry', row.$row)];
    for (const term of terms) changes.remove('Receivables', term);
    changes.remove('SalesEntries', row);
  },
};

function paymentCondition(values: Values): MasterReference {
  return { table: 'PaymentConditions', code: values.PaymentCondition, thing: 'Betalingsconditie' };
}

function customerOf(context: WriteContext, values: Values): Row {
  const account =
    typeof values.$account === 'number' ? context.division.tables.Accounts.get(values.$account) : undefined;
  if (!account) throw object(context, 'mandatory', 'Klant');
  if (account.Status !== 'C') throw object(context, 'notCustomer');
  if (account.Blocked === true) throw object(context, 'blocked', 'Relatie');
  return account;
}

function journalOf(context: WriteContext, values: Values): Row {
  const code = textOf(values, 'Journal');
  if (code === '') throw object(context, 'mandatory', 'Dagboek');
  const journal = context.division.master('Journals', code);
  if (journal?.Type !== SALES_JOURNAL) throw object(context, 'reference', 'Dagboek');
  if (journal.IsBlocked === true) throw object(context, 'blocked', 'Dagboek');
  return journal;
}

function checkPeriod(context: WriteContext, date: number): void {
  if (date < context.division.profile.closedBefore) throw object(context, 'periodClosed');
}

function priceLine(context: WriteContext, line: Values): PricedLine {
  const { division } = context;
  const ledger =
    typeof line.GLAccount === 'number' ? division.tables.GLAccounts.get(line.GLAccount) : undefined;
  if (!ledger) throw object(context, 'mandatory', 'Grootboekrekening');
  if (ledger.IsBlocked === true) throw object(context, 'blocked', 'Grootboekrekening');
  if (REFUSED_LEDGER_TYPES.has(Number(ledger.Type))) throw object(context, 'ledgerType');
  const amount = numberOf(line, 'AmountFC');
  if (amount === undefined) throw object(context, 'mandatory', 'Bedrag');
  requireMasters(context, [
    { table: 'VATCodes', code: line.VATCode, thing: 'Btw-code' },
    { table: 'Costcenters', code: line.CostCenter, thing: 'Kostenplaats' },
    { table: 'Costunits', code: line.CostUnit, thing: 'Kostendrager' },
  ]);
  if (ledger.UseCostcenter === 1 && !line.CostCenter) throw object(context, 'mandatory', 'Kostenplaats');
  const code = textOf(line, 'VATCode').trim() || textOf(ledger, 'VATCode');
  const vat = vatOn(division.master('VATCodes', code), amount);
  return { values: { ...line, VATCode: code === '' ? null : code, VATPercentage: vat.percentage }, ...vat };
}

function vatOn(
  code: Row | undefined,
  amount: number,
): { readonly net: number; readonly vat: number; readonly percentage: number } {
  const percentage = numberOf(code, 'Percentage') ?? 0;
  if (!code || code.Charged === true || code.Type === 'N' || code.Type === 'B')
    return { net: amount, vat: 0, percentage };
  if (code.Type === 'I') {
    const net = cents(amount / (1 + percentage));
    return { net, vat: cents(amount - net), percentage };
  }
  return { net: amount, vat: cents(amount * percentage), percentage };
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

function book(
  context: WriteContext,
  values: Values,
  parts: {
    readonly account: Row;
    readonly journal: Row;
    readonly date: number;
    readonly priced: readonly PricedLine[];
  },
): Row {
  const { division, changes } = context;
  const { account, journal, date, priced } = parts;
  const { $account: _owner, ...header } = values;
  const net = cents(priced.reduce((sum, line) => sum + line.net, 0));
  const vat = cents(priced.reduce((sum, line) => sum + line.vat, 0));
  const journalCode = textOf(journal, 'Code');
  const entryNumber = takeEntryNumber(context, values, { journal: journalCode, date });
  const condition = textOf(header, 'PaymentCondition') || textOf(account, 'PaymentConditionSales') || '30';
  const days = numberOf(division.master('PaymentConditions', condition), 'PaymentDays') ?? 30;
  const entry = changes.insert(
    'SalesEntries',
    {
      ...header,
      Journal: journalCode,
      EntryDate: date,
      EntryNumber: entryNumber,
      InvoiceNumber: header.InvoiceNumber ?? entryNumber,
      PaymentCondition: condition,
      DueDate: header.DueDate ?? date + days * DAY_MS,
      ReportingYear: header.ReportingYear ?? new Date(date).getUTCFullYear(),
      ReportingPeriod: header.ReportingPeriod ?? new Date(date).getUTCMonth() + 1,
      AmountDC: cents(net + vat),
      AmountFC: cents(net + vat),
      VATAmountDC: vat,
      VATAmountFC: vat,
      Type: net < 0 ? CREDIT : ENTRY,
    },
    account.$row,
  );
  addLines(context, entry, priced);
  changes.insert('Receivables', takeReceivable(division, entry), account.$row);
  return entry;
}

/** A number that was asked for must be free in its journal; otherwise Exact gives the next. */
function takeEntryNumber(
  context: WriteContext,
  values: Values,
  at: { readonly journal: string; readonly date: number },
): number {
  const { division } = context;
  const asked = numberOf(values, 'EntryNumber');
  const isTaken = (number: number): boolean => {
    const rows = [...division.tables.SalesEntries.where('EntryNumber', number)];
    return rows.some((row) => row.Journal === at.journal);
  };
  if (asked !== undefined) {
    if (isTaken(asked)) throw object(context, 'inUse', 'Boekstuknummer');
    return asked;
  }
  const year = new Date(at.date).getUTCFullYear();
  let number = division.takeEntryNumber(at.journal, year);
  while (isTaken(number)) number = division.takeEntryNumber(at.journal, year);
  return number;
}

function addLines({ changes }: WriteContext, entry: Row, priced: readonly PricedLine[]): void {
  priced.forEach(({ values, net, vat }, index) => {
    const position = { EntryID: entry.$row, LineNumber: index + 1 };
    const amounts = { AmountFC: net, AmountDC: net, VATAmountFC: vat, VATAmountDC: vat };
    changes.insert('SalesEntryLines', {
      ...values,
      ...position,
      ...amounts,
      VATBaseAmountFC: net,
      VATBaseAmountDC: net,
    });
  });
}
