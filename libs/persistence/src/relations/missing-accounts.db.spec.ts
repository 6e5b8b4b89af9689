import { sql } from 'drizzle-orm';
import { afterAll, beforeAll } from 'vitest';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { describeMissingAccountsContract } from '@koppel/domain/testing';
import { connect, inTenant, type Database } from '../database.js';
import { portsOf, type FullTransaction } from '../ports.js';
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

describeMissingAccountsContract(async () => {
  await database.db.execute(sql`truncate source_relations, source_parts, relations, links, write_intents`);
  const port = <K extends keyof FullTransaction>(name: K): FullTransaction[K] =>
    perCall<FullTransaction[K]>((work) =>
      inTenant(database, tenantId, (tx) => work(portsOf(tx, tenantId)[name])),
    );
  return {
    missingAccounts: port('missingAccounts'),
    relations: port('relations'),
    links: port('links'),
    writeIntents: port('writeIntents'),
    put: (source) =>
      inTenant(database, tenantId, (tx) => putSource(tx, { tenantId, source, changedInRun: null })),
  };
});
