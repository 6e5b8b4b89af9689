import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvRows, rowCharsMax, type CsvRow } from './csv-rows.js';
import { toCsvLine } from './csv-line.js';

function readAll(...pieces: string[]): CsvRow[] {
  const reader = new CsvRows();
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
}

const cellsOf = (...pieces: string[]): (readonly string[])[] => readAll(...pieces).map(({ cells }) => cells);

describe('CSV', () => {
  it('reads cells, empty ones too, with LF, CRLF, both, or no line end at the end', () => {
    expect(cellsOf('a,b\n,\r\nc,d')).toEqual([
      ['a', 'b'],
      ['', ''],
      ['c', 'd'],
    ]);
    expect(cellsOf('a,"b"\r\n"c",d\r\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('keeps commas, doubled quotes and line ends of a quoted cell, and counts lines on', () => {
    expect(readAll('"Bouw, Zn.","De ""Gouden"" Leeuw"\n"twee\r\nregels",x\ny,z\n')).toEqual([
      { line: 1, cells: ['Bouw, Zn.', 'De "Gouden" Leeuw'] },
      { line: 2, cells: ['twee\r\nregels', 'x'] },
      { line: 4, cells: ['y', 'z'] },
    ]);
  });

  it('passes over blank lines without losing count', () => {
    expect(readAll('a\n\n\r\nb\n')).toEqual([
      { line: 1, cells: ['a'] },
      { line: 4, cells: ['b'] },
    ]);
  });

  it('keeps an empty quoted cell of a file with one column', () => {
    expect(cellsOf('a\n""\n')).toEqual([['a'], ['']]);
  });

  it.each([
    ['a quote that is never closed', 'a,b\n1,"Jansen\n2,x\n', 'line 2 is not CSV: a quote is not closed'],
    [
      'text after a closing quote',
      'a,b\n1,"Jansen" Bouw\n',
      'line 2 is not CSV: text after the closing quote of cell 2',
    ],
    ['a quote in the middle', 'a,b\n"x",y\n1,Jan"sen\n', 'line 3 is not CSV: a quote in the middle'],
  ])('refuses %s, with the line', (_, text, message) => {
    expect(() => readAll(text)).toThrow(message);
  });

  it('refuses a row without end instead of reading on for ever', () => {
    const reader = new CsvRows();
    reader.push('a,b\n1,"');

    expect(() => reader.push('x'.repeat(rowCharsMax + 1))).toThrow('was a quote left open?');
  });

  it('reads back what was written, however the text was cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', ',', '"', '\n', '\r', ' ', '\r\n') });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, fc.array(fc.nat(30), { maxLength: 20 }), (rows, cuts) => {
        const text = rows.map(toCsvLine).join('');
        const pieces: string[] = [];
        let at = 0;
        for (const size of cuts) {
          pieces.push(text.slice(at, at + size));
          at += size;
        }

        expect(cellsOf(...pieces, text.slice(at))).toEqual(rows);
      }),
    );
  });
});
