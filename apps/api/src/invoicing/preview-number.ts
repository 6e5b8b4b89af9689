import { formatInvoiceNumber, sequenceMax } from '@koppel/domain/invoicing';

/** The invoice number that a sequence would give; null without a code, and when the series is full. */
export function previewNumber(year: number, code: string | null, next: number): string | null {
  return code === null || next > sequenceMax ? null : formatInvoiceNumber(year, code, next);
}
