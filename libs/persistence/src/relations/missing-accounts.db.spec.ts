import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe } from 'vitest';
import { asId, type TenantId } from '@koppel/domain/kernel';
import type { SourceRelation } from '@koppel/domain/relations';
import { describeMissingAccountsContract } from '@koppel/domain/testing';
import { connect, inTenant, type Database } from '../database.js';
import { portsOf, type FullTransaction } from '../ports.js';
import { perCall } from '../testing/per-call.js';
import { putSource } from '../testing/put-source.js';
import { DrizzleMissingAccounts } from './drizzle-missing-accounts.js';
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

async function anEmptyWorld() {
  await database.db.execute(
    sql`truncate source_relations, source_parts, relations, links, write_intents, proposals`,
  );
  const port = <K extends keyof FullTransaction>(name: K): FullTransaction[K] =>
    perCall<FullTransaction[K]>((work) =>
      inTenant(database, tenantId, (tx) => work(portsOf(tx, tenantId)[name])),
    );
  return {
    missingAccounts: port('missingAccounts'),
    relations: port('relations'),
    links: port('links'),
    writeIntents: port('writeIntents'),
    sourceParts: port('sourceParts'),
    proposals: port('proposals'),
    put: (source: SourceRelation) =>
      inTenant(database, tenantId, (tx) => putSource(tx, { tenantId, source, changedInRun: null })),
  };
}

describeMissingAccountsContract(anEmptyWorld);

describe('with a statement for every relation', () => {
  describeMissingAccountsContract(async () => ({
    ...(await anEmptyWorld()),
    missingAccounts: perCall<DrizzleMissingAccounts>((work) =>
      inTenant(database, tenantId, (tx) => work(new DrizzleMissingAccounts(tx, tenantId, 1))),
    ),
  }));
});
