import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { asId, type SyncRunId, type TenantId } from '@koppel/domain/kernel';
import { nothingLearnt } from '@koppel/domain/matching';
import { idOf } from '@koppel/domain/testing';
import { connect, inTenant, type Database } from '../database.js';
import { createTestDatabase } from '../testing/test-db.js';
import { DrizzleMatchModel } from './drizzle-match-model.js';

const run = asId<SyncRunId>(idOf(2));

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 3 });
  drop = test.drop;
});
afterAll(async () => {
  await database.close();
  await drop();
});

it('is not replaced before a transaction that says "not the same" has ended, also when nothing was released', async () => {
  const tenantId = asId<TenantId>(idOf(1));
  const put = () =>
    inTenant(database, tenantId, async (tx) => {
      await tx.execute(sql`set local lock_timeout = '50ms'`);
      await new DrizzleMatchModel(tx, tenantId).put(run, { ...nothingLearnt, stems: 7 });
    });
  await put();

  await inTenant(database, tenantId, async (tx) => {
    await new DrizzleMatchModel(tx, tenantId).dropReleased('joined');
    await expect(put()).rejects.toMatchObject({ cause: { code: '55P03' } });
  });

  await expect(put()).resolves.toBeUndefined();
});

/** Who is passed over because somebody holds the row shows in no lock: nobody waits for it in the database. */
async function countThoseWhoAsked(): Promise<number | undefined> {
  const [row] = await database.db.execute<{ count: number }>(sql`
    select count(*)::int as count from pg_stat_activity where datname = current_database()
      and state = 'idle in transaction' and query like '%match_models%' and pid <> pg_backend_pid()`);
  return row?.count;
}

it('is held by who may set a kind aside: others that do wait for him, and then learn too', async () => {
  const tenantId = asId<TenantId>(idOf(4));
  const inOther = <T>(work: (model: DrizzleMatchModel) => Promise<T>) =>
    inTenant(database, tenantId, (tx) => work(new DrizzleMatchModel(tx, tenantId)));
  expect(await inOther((model) => model.hold())).toBe(true); // nobody has learnt anything: nothing is waited for
  await inOther((model) => model.put(run, nothingLearnt));
  const learn = (kind: string, first: () => Promise<unknown> = async () => undefined) =>
    inOther(async (model) => {
      expect(await model.hold()).toBe(true);
      await first();
      await model.dropReleased('joined');
      return model.setAside(kind, { upTo: 5, answers: 6 });
    });
  let second = Promise.resolve(false);

  expect(
    await learn('aside/form', async () => {
      second = learn('aside/name');
      await expect.poll(countThoseWhoAsked, { timeout: 5_000, interval: 10 }).toBe(2);
    }),
  ).toBe(true);
  expect(await second).toBe(true);
  expect(Object.keys((await inOther((model) => model.find()))?.released ?? {}).sort()).toEqual([
    'aside/form',
    'aside/name',
  ]);
});

it('is not held where another transaction goes on holding it: a second at most is waited for it', async () => {
  const tenantId = asId<TenantId>(idOf(5));
  const inOther = <T>(work: (model: DrizzleMatchModel) => Promise<T>) =>
    inTenant(database, tenantId, (tx) => work(new DrizzleMatchModel(tx, tenantId)));
  await inOther((model) => model.put(run, nothingLearnt));

  await inOther(async (model) => {
    await model.findAside();
    const began = Date.now();
    expect(await inOther((other) => other.hold())).toBe(false);
    expect(Date.now() - began).toBeLessThan(3_000);
  });
});

it('sets no kind aside while another transaction that judges holds what was learnt, and waits for none', async () => {
  const tenantId = asId<TenantId>(idOf(3));
  const inOther = <T>(work: (model: DrizzleMatchModel) => Promise<T>) =>
    inTenant(database, tenantId, (tx) => work(new DrizzleMatchModel(tx, tenantId)));
  await inOther((model) => model.put(run, nothingLearnt));
  const judgeAndLearn = async (model: DrizzleMatchModel) => {
    await model.dropReleased('joined');
    return model.setAside('aside/form', { upTo: 5, answers: 6 });
  };

  await inOther(async (model) => {
    await model.dropReleased('joined');
    expect(await inOther(judgeAndLearn)).toBe(false);
  });
  expect(await inOther(judgeAndLearn)).toBe(true);
});
