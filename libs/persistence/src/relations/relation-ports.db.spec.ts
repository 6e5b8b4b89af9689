import { afterAll, beforeAll } from 'vitest';
import { asId, type SyncRunId, type TenantId } from '@koppel/domain/kernel';
import type { SourceRelation } from '@koppel/domain/relations';
import { describeDecisionPortsContract, describeRelationPortsContract } from '@koppel/domain/testing';
import { silentEvents } from '../events/drizzle-events.js';
import { connect, inTenant, type Database } from '../database.js';
import { newIdAt } from '../new-id.js';
import { couplings } from '../schema/index.js';
import { perCall } from '../testing/per-call.js';
import { putSource } from '../testing/put-source.js';
import { createTestDatabase } from '../testing/test-db.js';
import { relationPortsOf, type RelationPorts } from './ports.js';

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

/** Every call of every port in a transaction of its own. */
function portsFor(tenantId: TenantId): RelationPorts {
  const port = <K extends keyof RelationPorts>(name: K): RelationPorts[K] =>
    perCall<RelationPorts[K]>((work) =>
      inTenant(database, tenantId, (tx) => work(relationPortsOf(tx, tenantId, silentEvents)[name])),
    );
  return {
    sourceRelations: port('sourceRelations'),
    relations: port('relations'),
    links: port('links'),
    matchKeys: port('matchKeys'),
    matchModel: port('matchModel'),
    judgements: port('judgements'),
    proposals: port('proposals'),
    actions: port('actions'),
    acts: port('acts'),
    conflicts: port('conflicts'),
    erasure: port('erasure'),
    freeze: port('freeze'),
    missingAccounts: port('missingAccounts'),
  };
}

const now = new Date('2026-11-25T09:00:00Z');

/** Ids are unique over tenants, so each test begins with empty tables. */
async function emptyTenant(): Promise<TenantId> {
  const tables =
    'source_relations, source_parts, relations, links, match_key_buckets, match_models, judgements, proposals, actions, conflicts';
  await database.db.execute(`truncate ${tables}`);
  return asId<TenantId>(newIdAt(now));
}

describeRelationPortsContract(async () => {
  const tenantId = await emptyTenant();
  const put = (source: SourceRelation, changedInRun: SyncRunId | null, ibans: readonly string[] = []) =>
    inTenant(database, tenantId, (tx) => putSource(tx, { tenantId, source, changedInRun, ibans }));
  return { ...portsFor(tenantId), put };
});

describeDecisionPortsContract(async () => {
  const tenantId = await emptyTenant();
  const freezeContacts = () =>
    inTenant(database, tenantId, async (tx) => {
      await tx.insert(couplings).values({ tenantId, step: 'synchronise', frozenSince: now, createdAt: now });
    });
  return { ...portsFor(tenantId), freezeContacts };
});
