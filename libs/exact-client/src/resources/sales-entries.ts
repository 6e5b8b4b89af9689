import { z } from 'zod';
import { calendarDate, double, guid, int32, localTimestamp, reference, text } from '../odata/fields.js';
import { literal } from '../odata/literals.js';
import type { Zone } from '../odata/zone.js';
import type { Context } from '../request.js';
import { create, type Created } from './create.js';
import { checkedInput } from './one.js';
import { publicPage, readPage, type Page } from './page.js';

/** `EntryNumber` is Exact's own, an Int32; our invoice number is text and lives in `YourRef`. `Status` 20 open, 50 processed. */
export function salesEntrySchema(zone: Zone) {
  return z.object({
    EntryID: guid,
    Division: int32,
    EntryNumber: int32,
    InvoiceNumber: int32,
    YourRef: text,
    PaymentReference: text,
    Description: text,
    Customer: reference,
    Journal: text,
    Currency: text,
    EntryDate: calendarDate,
    DueDate: calendarDate,
    AmountFC: double,
    VATAmountFC: double,
    Status: int32,
    Type: int32,
    Created: localTimestamp(zone),
    Modified: localTimestamp(zone),
  });
}
/** A sales invoice as booked; amounts in its own currency, dates `YYYY-MM-DD`. */
export type SalesEntry = z.output<ReturnType<typeof salesEntrySchema>>;

// A date with a zone would be shifted by Exact, sometimes into another period; z.iso.date has none.
const date = z.iso.date();

/** One line: `AmountFC` in the entry's currency, a GUID for ledger account and project, codes for VAT, cost centre and cost unit. */
export const newSalesEntryLine = z.strictObject({
  AmountFC: z.number(),
  GLAccount: z.guid(),
  Description: z.string().max(60).optional(),
  VATCode: z.string().max(3).optional(),
  VATAmountFC: z.number().optional(),
  CostCenter: z.string().optional(),
  CostUnit: z.string().optional(),
  Project: z.guid().optional(),
  Quantity: z.number().optional(),
});

/** GUIDs must be of this very division: Exact drops a foreign one in silence and answers 201. */
export const newSalesEntry = z.strictObject({
  Customer: z.guid(),
  Journal: z.string().min(1),
  EntryDate: date,
  DueDate: date.optional(),
  YourRef: z.string().min(1).max(30),
  Description: z.string().max(60).optional(),
  PaymentReference: z.string().optional(),
  PaymentCondition: z.string().optional(),
  Currency: z.string().length(3).optional(),
  SalesEntryLines: z.array(newSalesEntryLine).min(1).max(1_000),
});
/** A sales invoice to book; checked here before any call. */
export type NewSalesEntry = z.input<typeof newSalesEntry>;

export function createSalesEntries(context: Context) {
  const resource = {
    endpoint: 'salesentry/SalesEntries',
    schema: salesEntrySchema(context.zone),
    idField: 'EntryID',
  };
  return {
    async createSalesEntry(division: number, entry: NewSalesEntry): Promise<Created<SalesEntry>> {
      return create(context, resource, { division, body: checkedInput(newSalesEntry, entry) });
    },
    /** The look-up after an `uncertain` create: more than one row means that it did happen twice. */
    async findSalesEntryByYourRef(division: number, yourRef: string): Promise<Page<SalesEntry>> {
      const query = { $filter: `YourRef eq ${literal.text(yourRef)}` };
      return publicPage(await readPage(context, resource, { division, class: 'interactive', query }));
    },
  };
}
