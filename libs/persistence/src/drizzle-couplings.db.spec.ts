import { afterAll, beforeAll } from 'vitest';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { describeAuthorisationAttemptsContract, describeCouplingsContract } from '@koppel/domain/testing';
import { connect, inTenant, type Database } from './database.js';
import { DrizzleAuthorisationAttempts } from './drizzle-authorisation-attempts.js';
import { DrizzleCouplings } from './drizzle-couplings.js';
import { authorisationAttempts, couplings, couplingStepLog } from './schema/index.js';
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

describeCouplingsContract(async () => {
  await inTenant(database, tenantId, async (tx) => {
    await tx.delete(couplings);
    await tx.delete(couplingStepLog);
  });
  return perCall<DrizzleCouplings>((work) =>
    inTenant(database, tenantId, (tx) => work(new DrizzleCouplings(tx, tenantId))),
  );
});

describeAuthorisationAttemptsContract(async () => {
  await inTenant(database, tenantId, (tx) => tx.delete(authorisationAttempts));
  return perCall<DrizzleAuthorisationAttempts>((work) =>
    inTenant(database, tenantId, (tx) => work(new DrizzleAuthorisationAttempts(tx, tenantId))),
  );
});
