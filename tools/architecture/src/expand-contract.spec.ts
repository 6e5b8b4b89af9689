import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { breaksOf, indexesBuiltUnderLock, type Columns, type Snapshot } from './rules/expand-contract.js';

const folder = path.resolve(import.meta.dirname, '../../../libs/persistence/migrations/meta');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('_snapshot.json'))
  .sort();
const read = (name: string) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Snapshot;

/** The last one that may break: none was looked at before, and taking away what no release uses any more raises it. */
const lastFree = 23;
/**
 * The last one that may build an index in the transaction of another change. 0026 does: questions number hundreds of thousands at most, whose
 * index is made in about a second, and it was committed before this was looked at.
 */
const lastLocking = 26;
const text = { type: 'text', notNull: false };
const before: Snapshot = { tables: { 'public.t': { columns: { a: text, b: { ...text, notNull: true } } } } };
const statementsOf = (name: string) =>
  readFileSync(path.join(folder, '..', name), 'utf8').split('--> statement-breakpoint');
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

  it('build the index of a table that was there in a migration of its own, so that it is read meanwhile (F90)', () => {
    const sources = readdirSync(path.join(folder, '..')).filter((name) => name.endsWith('.sql'));
    const later = sources.filter((name) => Number(name.slice(0, 4)) > lastLocking);
    expect(sources.length).toBeGreaterThan(lastLocking);
    for (const name of later) expect([name, indexesBuiltUnderLock(statementsOf(name))]).toEqual([name, []]);
    expect(indexesBuiltUnderLock(statementsOf('0026_teaching.sql'))).toEqual(['proposals']);
  });

  it('may build the index of a new table, and one alone', () => {
    const index = 'CREATE UNIQUE INDEX "t_a" ON "t" USING btree ("a");';
    expect(indexesBuiltUnderLock([index])).toEqual([]);
    expect(
      indexesBuiltUnderLock([
        'CREATE TABLE "t" ("a" text);',
        'ALTER TABLE "t" ENABLE ROW LEVEL SECURITY;',
        index,
      ]),
    ).toEqual([]);
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
    [
      'a new rule',
      { tables: { 'public.t': { columns: same, checkConstraints: { t_check: {} } } } },
      'public.t has a new rule t_check',
    ],
    [
      'a new unique index',
      {
        tables: {
          'public.t': { columns: same, indexes: { t_a: { isUnique: true }, t_b: { isUnique: false } } },
        },
      },
      'public.t has a new rule t_a',
    ],
  ])('would be found out with %s', (_, changed, found) => {
    expect(breaksOf(before, changed)).toEqual([found]);
  });

  it('would be found out with a default that is gone', () => {
    const filled = after({ ...same, d: { ...text, notNull: true, default: "''" } });
    expect(breaksOf(filled, after({ ...same, d: { ...text, notNull: true } }))).toEqual([
      'public.t.d must be filled',
    ]);
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
