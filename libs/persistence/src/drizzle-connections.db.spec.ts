import { afterAll, beforeAll } from 'vitest';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { describeConnectionsContract } from '@koppel/domain/testing';
import { connect, inTenant, type Database } from './database.js';
import { DrizzleConnections } from './drizzle-connections.js';
import { connections } from './schema/index.js';
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

describeConnectionsContract(async () => {
  await inTenant(database, tenantId, (tx) => tx.delete(connections));
  return perCall<DrizzleConnections>((work) =>
    inTenant(database, tenantId, (tx) => work(new DrizzleConnections(tx, tenantId))),
  );
});
