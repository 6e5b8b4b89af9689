import type { Division } from '../store/division.js';
import type { Row, Value } from '../store/rows.js';

/** The open item of a sales entry; takes the division's next number for it. */
export function takeReceivable(division: Division, entry: Row): Readonly<Record<string, Value>> {
  const number = division.nextReceivableNumber;
  division.nextReceivableNumber += 1;
  return {
    $entry: entry.$row,
    HID: String(number),
    Amount: entry.AmountDC,
    Description: entry.Description,
    DueDate: entry.DueDate,
    EntryNumber: entry.EntryNumber,
    InvoiceDate: entry.EntryDate,
    InvoiceNumber: entry.InvoiceNumber,
    JournalCode: entry.Journal,
    YourRef: entry.YourRef,
  };
}
