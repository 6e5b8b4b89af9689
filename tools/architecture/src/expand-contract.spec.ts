import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { breaksOf, type Columns, type Snapshot } from './rules/expand-contract.js';

const folder = path.resolve(import.meta.dirname, '../../../libs/persistence/migrations/meta');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('_snapshot.json'))
  .sort();
const read = (name: string) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Snapshot;

/** The last one that may break: none was looked at before, and taking away what no release uses any more raises it. */
const lastFree = 23;
const text = { type: 'text', notNull: false };
const before: Snapshot = { tables: { 'public.t': { columns: { a: text, b: { ...text, notNull: true } } } } };
const after = (columns: Columns): Snapshot => ({
  tables: { 'public.t': { columns } },
});
const same = before.tables['public.t']?.columns ?? {};

describe('migrations', () => {
  it('leave the tables so that the release before goes on with them (F93)', () => {
    expect(names.length).toBeGreaterThan(lastFree);
    const breaks = names
      .slice(lastFree + 1)
      .flatMap((name, index) => breaksOf(read(names[lastFree + index] ?? ''), read(name)));

    expect(breaks).toEqual([]);
  });

  it.each([
    ['a table that is gone', { tables: {} }, 'public.t is gone'],
    ['a column that is gone', after({ a: text }), 'public.t.b is gone'],
    ['another type', after({ ...same, a: { ...text, type: 'integer' } }), 'public.t.a has another type'],
    [
      'a column that must be filled now',
      after({ ...same, a: { ...text, notNull: true } }),
      'public.t.a must be filled',
    ],
    [
      'a new one that must be filled',
      after({ ...same, c: { ...text, notNull: true } }),
      'public.t.c must be filled',
    ],
  ])('would be found out with %s', (_, changed, found) => {
    expect(breaksOf(before, changed)).toEqual([found]);
  });

  it('may add tables, and columns that may stay empty or fill themselves', () => {
    const filled = { type: 'text', notNull: true, default: "''" };
    const more = {
      tables: {
        ...after({ ...same, c: text, d: filled }).tables,
        'public.u': { columns: { e: { ...text, notNull: true } } },
      },
    };
    expect(breaksOf(before, more)).toEqual([]);
  });
});
