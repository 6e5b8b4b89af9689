import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Tx } from './database.js';
import { executeInPortions } from './prepared.js';

it('sends nothing when the statement of a later portion cannot be made', () => {
  let sent = 0;
  const session = { prepareQuery: () => ({ execute: async () => void (sent += 1) }) };
  const tx = { _: { session } } as unknown as Tx; // all that is used of it
  const statementOf = ([item]: readonly number[]) => {
    if (item === 2) throw new Error('no statement');
    return sql`select 1`;
  };

  expect(() => executeInPortions(tx, [[1], [2]], statementOf)).toThrow('no statement');
  expect(sent).toBe(0);
});
