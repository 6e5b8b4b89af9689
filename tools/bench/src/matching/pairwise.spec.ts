import { describe, expect, it } from 'vitest';
import { withDatabase } from './duckdb.js';
import { comparePairwise, toPairwise, type Pairwise } from './pairwise.js';

async function compare(truth: string, found: string): Promise<Pairwise> {
  return withDatabase(async (database) => {
    await database.run(`create table truth as select * from (values ${truth}) v(id, entity)`);
    await database.run(`create table found as select * from (values ${found}) v(id, cluster)`);
    return comparePairwise(database);
  });
}

describe('pairwise figures', () => {
  it('count every true pair, also one whose records were never compared', async () => {
    const truth = `('a', 1), ('b', 1), ('c', 1), ('d', 2)`;
    const found = `('a', 'a'), ('b', 'a'), ('c', 'c'), ('d', 'c')`;

    expect(await compare(truth, found)).toEqual({ precision: 1 / 2, recall: 1 / 3, f1: 0.4 });
  });

  it('refuse a result that lacks a record', async () => {
    await expect(compare(`('a', 1), ('b', 1)`, `('a', 'a')`)).rejects.toThrow('1 of 2 records');
  });

  it('are whole for an empty result without true pairs', () => {
    expect(toPairwise({ found: 0, right: 0, all: 0 })).toEqual({ precision: 1, recall: 1, f1: 1 });
  });
});
