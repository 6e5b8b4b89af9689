import { asc, lte } from 'drizzle-orm';
import { afterAll, beforeAll } from 'vitest';
import { asId, type Message, type TenantId } from '@koppel/domain/kernel';
import { describeOutboxContract } from '@koppel/domain/testing';
import { connect, inTenant, type Database } from './database.js';
import { DrizzleOutbox } from './outbox.js';
import { outbox } from './schema/index.js';
import { perCall } from './testing/per-call.js';
import { createTestDatabase } from './testing/test-db.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 2 });
  drop = test.drop;
});
afterAll(async () => {
  await database.close();
  await drop();
});

describeOutboxContract(async () => {
  await inTenant(database, tenantId, (tx) => tx.delete(outbox));
  const dueAt = (moment: Date) =>
    inTenant(database, tenantId, async (tx) => {
      const rows = await tx
        .select()
        .from(outbox)
        .where(lte(outbox.availableAt, moment))
        .orderBy(asc(outbox.id));
      return rows.map((row) => row.message as Message); // our own rows
    });
  const adapter = perCall<DrizzleOutbox>((work) =>
    inTenant(database, tenantId, (tx) => work(new DrizzleOutbox(tx, tenantId))),
  );
  return { outbox: adapter, dueAt };
});
