import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asId, type AdministrationId, type TenantId } from '@koppel/domain/kernel';
import { connect, inTenant, type Database } from '../database.js';
import { createTestDatabase } from '../testing/test-db.js';
import { DrizzleWriteIntents } from './drizzle-write-intents.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
const administrationId = asId<AdministrationId>('00000000-0000-7000-8000-00000000a001');
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

async function put(count: number, { state, isOfPart }: { state: string; isOfPart: boolean }): Promise<void> {
  const part = isOfPart ? JSON.stringify({ kind: 'contact', exactId: null, was: null }) : null;
  await inTenant(database, tenantId, (tx) =>
    tx.execute(sql`
      insert into write_intents (id, tenant_id, administration_id, relation_id, source_relation_id, kind, part, patch, state,
        created_by, created_at, due_at)
      select gen_random_uuid(), ${tenantId}::uuid, ${administrationId}::uuid, gen_random_uuid(), gen_random_uuid(), 'update',
        ${part}::text::jsonb, '{}', ${state}, 'Anna', now(), now()
      from generate_series(1, ${count}::int)`),
  );
}

it('finds what waits for the parts of an administration without reading what was written before, or waits for accounts', async () => {
  await put(10_000, { state: 'confirmed', isOfPart: false });
  await put(1_000, { state: 'confirmed', isOfPart: true });
  await put(500, { state: 'planned', isOfPart: false });
  await put(3, { state: 'planned', isOfPart: true });
  await database.db.execute(sql`analyze write_intents`);

  const { found, read } = await inTenant(database, tenantId, async (tx) => {
    await tx.execute(sql`set local max_parallel_workers_per_gather = 0`); // what workers read is counted elsewhere
    const intents = new DrizzleWriteIntents(tx, tenantId);
    const open = await intents.findOpenPartsIn([administrationId], null, 500);
    const [counted] = await tx.execute<{ rows: number }>(sql`
      select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables where relname = 'write_intents'`);
    return { found: open.length, read: counted?.rows };
  });
  expect(found).toBe(3);
  expect(read).toBe(3);
});
