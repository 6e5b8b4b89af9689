import { afterAll, beforeAll } from 'vitest';
import { asId, type TenantId } from '@koppel/domain/kernel';
import {
  aConnection,
  describeCursorsContract,
  describeSourcePartsContract,
  describeSourceStoreContract,
  describeSyncPolicyContract,
  describeSyncRunsContract,
  describeSyncStepsContract,
  describeWriteIntentsContract,
  someSealedTokens,
} from '@koppel/domain/testing';
import { silentEvents } from '../events/drizzle-events.js';
import { connect, inSystem, inTenant, type Database } from '../database.js';
import {
  connections,
  couplings,
  cursors,
  masters,
  sourceParts,
  sourceRelations,
  syncRuns,
  syncSteps,
  tenants,
  writeIntents,
} from '../schema/index.js';
import { DrizzleConnections } from '../drizzle-connections.js';
import { perCall } from '../testing/per-call.js';
import { createTestDatabase } from '../testing/test-db.js';
import { DrizzleSyncPolicy } from './drizzle-sync-policy.js';
import { syncPortsOf, type SyncPorts } from './ports.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
const tables = [cursors, masters, sourceParts, sourceRelations, syncRuns, syncSteps, writeIntents];
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

/** An adapter over empty tables, whose every call is a transaction of its own. */
async function empty<Name extends keyof SyncPorts>(name: Name): Promise<SyncPorts[Name]> {
  await inTenant(database, tenantId, async (tx) => {
    for (const table of tables) await tx.delete(table);
  });
  return perCall<SyncPorts[Name]>((work) =>
    inTenant(database, tenantId, (tx) => work(syncPortsOf(tx, tenantId, silentEvents)[name])),
  );
}

async function putTenant(isSwitchedOn: boolean): Promise<void> {
  await inSystem(database, async (tx) => {
    await tx.delete(tenants);
    const createdAt = new Date('2026-11-25T09:00:00Z');
    const featureEnabledAt = isSwitchedOn ? createdAt : null;
    await tx.insert(tenants).values({ id: tenantId, name: 'Bouwgroep', createdAt, featureEnabledAt });
  });
}

describeSyncRunsContract(async (position) => {
  await putTenant(position === 'on');
  return empty('syncRuns');
});
describeSyncStepsContract(() => empty('syncSteps'));
describeCursorsContract(() => empty('cursors'));
describeWriteIntentsContract(() => empty('writeIntents'));
describeSourceStoreContract(() => empty('sourceStore'));
describeSourcePartsContract(async () => ({
  sourceStore: await empty('sourceStore'),
  sourceParts: await empty('sourceParts'),
}));

describeSyncPolicyContract(async (facts) => {
  await putTenant(facts.isFeatureEnabled);
  await inTenant(database, tenantId, async (tx) => {
    for (const table of [couplings, connections]) await tx.delete(table);
    const moment = new Date('2026-11-25T09:00:00Z');
    const { contactHandling, resyncMinutes, accountCreation } = facts;
    const activatedAt = facts.isActivated ? moment : null;
    await tx.insert(couplings).values({
      tenantId,
      step: 'match',
      contactHandling,
      resyncMinutes,
      accountCreation,
      activatedAt,
      createdAt: moment,
    });
    for (const each of facts.connections)
      await new DrizzleConnections(tx, tenantId).add(aConnection({ ...each }), someSealedTokens());
  });
  return perCall<DrizzleSyncPolicy>((work) =>
    inTenant(database, tenantId, (tx) => work(new DrizzleSyncPolicy(tx, tenantId))),
  );
});
