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
