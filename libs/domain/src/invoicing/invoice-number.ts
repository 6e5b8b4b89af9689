import { invariant } from '../kernel/index.js';

/** Five digits hold the sequence. */
export const sequenceMax = 99_999;
/** From this share of `sequenceMax` on, people are warned (product.md 3.9). */
const warningShare = 0.9;

/**
 * `2021` + code + `00001`: twelve digits as text. It does not fit Exact's Int32 numbers, so it travels in text fields
 * only (product.md 3.9, exact-online.md 4.13).
 */
export function formatInvoiceNumber(year: number, code: string, sequence: number): string {
  invariant(Number.isInteger(year) && year >= 1000 && year <= 9999, 'a year has four digits');
  invariant(/^\d{3}$/.test(code), 'a code has three digits');
  invariant(
    Number.isInteger(sequence) && sequence >= 1 && sequence <= sequenceMax,
    'a sequence has five digits',
  );
  return `${year}${code}${String(sequence).padStart(5, '0')}`;
}

/** The numbering year: that of the invoice date (YYYY-MM-DD, a Dutch calendar date), never of today (J09). */
export function numberingYear(invoiceDate: string): number {
  return Number(invoiceDate.slice(0, 4));
}

/** Whether a series is so far that people should know. */
export function isNearlyFull(sequence: number): boolean {
  return sequence >= sequenceMax * warningShare;
}
