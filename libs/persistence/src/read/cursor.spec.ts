import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, InvalidCursor, type CursorValue } from './cursor.js';

const id = '01900000-0000-7000-8000-000000000001';
const at = '2026-02-28T10:00:00.000Z';

describe('decodeCursor', () => {
  it('gives the values back that a list put into its cursor', () => {
    const kinds = ['boolean', 'moment', 'text', 'number', 'integer', 'id'] as const;
    const values = [true, at, 'Línde "Bouw"', 0.875, 2, id];

    expect(decodeCursor(encodeCursor(values), kinds)).toEqual(values);
  });

  it.each<[string, readonly unknown[], readonly CursorValue[]]>([
    ['too few values', [id], ['moment', 'id']],
    ['too many values', [at, id, id], ['moment', 'id']],
    ['a number for a moment', [5, id], ['moment', 'id']],
    ['a name for a moment', ['De Eik', id], ['moment', 'id']],
    ['a day that no calendar has', ['2026-02-30T10:00:00.000Z', id], ['moment', 'id']],
    ['a year before the first', ['0000-01-01T10:00:00.000Z', id], ['moment', 'id']],
    ['a text for an id', [at, 'x'], ['moment', 'id']],
    ['null for an id', [at, null], ['moment', 'id']],
    ['a list for an id', [at, [id]], ['moment', 'id']],
    ['a text for a number', ['much', id], ['number', 'id']],
    ['half of a number for a whole one', [1.5, id], ['integer', 'id']],
    ['more than the column can hold', [2 ** 31, id], ['integer', 'id']],
    ['a text for a yes or no', ['perhaps', id], ['boolean', 'id']],
    ['NUL in a text', ['a\0b', id], ['text', 'id']],
    ['half of a character in a text', ['a\uD800', id], ['text', 'id']],
  ])('refuses %s', (_, values, kinds) => {
    const forged = Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');

    expect(() => decodeCursor(forged, kinds)).toThrow(InvalidCursor);
  });

  it.each(['', 'no cursor', Buffer.from('{"a":1}').toString('base64url')])('refuses %j', (text) => {
    expect(() => decodeCursor(text, ['id'])).toThrow(InvalidCursor);
  });
});
