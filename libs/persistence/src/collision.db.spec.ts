import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, ok, type TenantId } from '@koppel/domain/kernel';
import { isCollision } from './collision.js';
import { connect, type Database } from './database.js';
import { createTestDatabase } from './testing/test-db.js';
import { DrizzleUnitOfWork } from './unit-of-work.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 1 });
  drop = test.drop;
});
afterAll(async () => {
  await database.close();
  await drop();
});

/** Counts how often the work is done that collides so many times first. */
async function attemptsWith(collisions: number, retriesMax: number): Promise<number | 'collision'> {
  let attempts = 0;
  const uow = new DrizzleUnitOfWork(database, { retriesMax, random: () => 0 });
  const work = async () => {
    attempts += 1;
    if (attempts > collisions) return ok(attempts);
    throw new Error('Failed query', { cause: Object.assign(new Error('deadlock'), { code: '40P01' }) });
  };
  const done = await uow.run(tenantId, work).catch((error: unknown) => {
    if (!isCollision(error)) throw error;
    return ok('collision' as const);
  });
  if (!done.ok) throw new Error('no result');
  return done.value;
}

describe('a transaction that collided with another (F24)', () => {
  it('is done again, a few times at most', async () => {
    expect(await attemptsWith(3, 3)).toBe(4);
    expect(await attemptsWith(4, 3)).toBe('collision');
  });

  it('is the caller’s where no retries were asked for', async () => {
    expect(await attemptsWith(1, 0)).toBe('collision');
  });
});
