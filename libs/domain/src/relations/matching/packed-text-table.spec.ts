import { describe, expect, it } from 'vitest';
import { PackedTextTable } from './packed-text-table.js';

/** More than are kept as strings at a time. */
const texts = 140_000;

function textAt(at: number): string {
  return at % 1_000 === 7 ? `Café ${at}` : `weg ${at}`;
}

describe('a table of packed texts', () => {
  it('gives every text back, in any order, and the same number for the same text', () => {
    const table = new PackedTextTable();
    const ids = Array.from({ length: texts }, (_, at) => table.idOf(textAt(at)));

    const wrong = (at: number): boolean =>
      table.textOf(ids[at] ?? 0) !== textAt(at) || table.idOf(textAt(at)) !== ids[at];

    expect(new Set(ids).size).toBe(texts);
    expect([...ids.keys()].filter(wrong)).toEqual([]);
    // Each shares its place with one 65,536 before it.
    expect([5, 70_007, 135_543, 70_007, 135_543, 5].filter(wrong)).toEqual([]);
    expect(table.size).toBe(texts + 1);
  });

  it('tells texts apart that begin alike, and the empty one from one that cannot be packed', () => {
    const table = new PackedTextTable();
    const some = ['', 'Bouw', 'Bouwer', 'Boü', 'x'.repeat(600), 'Bouw'];

    const ids = some.map((text) => table.idOf(text));

    expect(ids).toEqual([0, 1, 2, 3, 4, 1]);
    expect(ids.map((id) => table.textOf(id))).toEqual(some);
  });

  it('takes no text any more once adding has ended', () => {
    const table = new PackedTextTable();
    const id = table.idOf('Ede');

    table.endAdding();

    expect(table.textOf(id)).toBe('Ede');
    expect(() => table.idOf('Ede')).toThrow(RangeError);
    expect(() => table.idOf('Epe')).toThrow(RangeError);
    expect(table.size).toBe(2);
  });

  it('is read by another thread as it was shared, and takes no text there', () => {
    const table = new PackedTextTable(true);
    const ids = ['Ede', 'Café', 'Epe'].map((text) => table.idOf(text));

    const read = PackedTextTable.ofShared(table.share());

    expect(ids.map((id) => read.textOf(id))).toEqual(['Ede', 'Café', 'Epe']);
    expect(() => read.idOf('Ede')).toThrow(RangeError);
    expect(read.size).toBe(4);
  });
});
