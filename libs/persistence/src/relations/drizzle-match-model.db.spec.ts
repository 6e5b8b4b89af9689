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
