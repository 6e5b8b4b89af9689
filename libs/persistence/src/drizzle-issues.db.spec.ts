import { afterAll, beforeAll } from 'vitest';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { describeIssuesContract } from '@koppel/domain/testing';
import { connect, inTenant, type Database } from './database.js';
import { DrizzleIssues } from './drizzle-issues.js';
import { newIdAt } from './new-id.js';
import { perCall } from './testing/per-call.js';
import { createTestDatabase } from './testing/test-db.js';

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 4 });
  drop = test.drop;
});
afterAll(async () => {
  await database.close();
  await drop();
});

describeIssuesContract(async () => {
  const tenantId = asId<TenantId>(newIdAt(new Date('2026-11-25T00:00:00Z')));
  return perCall<DrizzleIssues>((work) =>
    inTenant(database, tenantId, (tx) => work(new DrizzleIssues(tx, tenantId))),
  );
});
