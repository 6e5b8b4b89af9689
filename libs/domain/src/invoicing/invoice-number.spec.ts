import { describe, expect, it } from 'vitest';
import { formatInvoiceNumber, isNearlyFull, numberingYear } from './invoice-number.js';

describe('invoice numbers', () => {
  it.each([
    [2021, '007', 1, '202100700001'],
    [2026, '100', 99_999, '202610099999'],
  ])('J08: %i, %s and %i make %s, a text that no Int32 holds', (year, code, sequence, number) => {
    expect(formatInvoiceNumber(year, code, sequence)).toBe(number);
    expect(Number(number)).toBeGreaterThan(2 ** 31);
  });

  it('refuses to make a thirteenth digit', () => {
    expect(() => formatInvoiceNumber(2026, '001', 100_000)).toThrow('five digits');
  });

  it.each([
    ['2025-12-31', 2025],
    ['2026-01-01', 2026],
  ])('J09: takes the year of the invoice date %s', (date, year) => {
    expect(numberingYear(date)).toBe(year);
  });

  it('warns from ninety percent of the series on', () => {
    expect([89_999, 90_000].map(isNearlyFull)).toEqual([false, true]);
  });
});
