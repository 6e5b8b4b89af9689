import { afterAll, beforeAll } from 'vitest';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { describeAdministrationsContract } from '@koppel/domain/testing';
import { connect, inTenant, type Database } from './database.js';
import { DrizzleAdministrations } from './drizzle-administrations.js';
import { administrations } from './schema/index.js';
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

describeAdministrationsContract(async () => {
  await inTenant(database, tenantId, (tx) => tx.delete(administrations));
  return perCall<DrizzleAdministrations>((work) =>
    inTenant(database, tenantId, (tx) => work(new DrizzleAdministrations(tx, tenantId))),
  );
});
