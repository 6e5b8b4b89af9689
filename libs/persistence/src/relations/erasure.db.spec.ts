import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll } from 'vitest';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { describeErasureContract } from '@koppel/domain/testing';
import { connect, inTenant, type Database } from '../database.js';
import { portsOf, type FullTransaction } from '../ports.js';
import { issues } from '../schema/index.js';
import { perCall } from '../testing/per-call.js';
import { putSource } from '../testing/put-source.js';
import { createTestDatabase } from '../testing/test-db.js';

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

describeErasureContract(async () => {
  await database.db.execute(sql`truncate source_relations, source_parts, conflicts, write_intents, issues`);
  const port = <K extends keyof FullTransaction>(name: K): FullTransaction[K] =>
    perCall<FullTransaction[K]>((work) =>
      inTenant(database, tenantId, (tx) => work(portsOf(tx, tenantId)[name])),
    );
  return {
    erasure: port('erasure'),
    conflicts: port('conflicts'),
    writeIntents: port('writeIntents'),
    issues: port('issues'),
    sourceParts: port('sourceParts'),
    put: (source) =>
      inTenant(database, tenantId, (tx) => putSource(tx, { tenantId, source, changedInRun: null })),
    paramsOf: async (causeKey) => {
      const [row] = await inTenant(database, tenantId, (tx) =>
        tx.select({ params: issues.params }).from(issues).where(eq(issues.causeKey, causeKey)),
      );
      return row?.params;
    },
  };
});
