import { describe, expect, it } from 'vitest';
import { csvCell } from '../http/csv.js';
import { csvHead } from './relations-csv.js';

describe('csvCell', () => {
  it.each([
    ['=HYPERLINK("http://x.test")', `"'=HYPERLINK(""http://x.test"")"`],
    ['+31201234567', `'+31201234567`],
    ['-1', `'-1`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\tx', `"'\tx"`],
    ['Bakker; "De Eik", B.V.', '"Bakker; ""De Eik"", B.V."'],
    ['twee\r\nregels', '"twee\r\nregels"'],
    ['gewoon', 'gewoon'],
    [null, ''],
  ])('writes %j so that no spreadsheet runs it: %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });
});

describe('csvHead', () => {
  it('begins with a byte order mark and speaks the reader’s language', () => {
    expect(csvHead('nl')).toMatch(/^\ufeffId;Naam;/);
    expect(csvHead('en')).toMatch(/^\ufeffId,Name,/);
  });
});
