import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newCoupling } from '@koppel/domain/coupling';
import { asId, err, ok, type ConflictId, type TenantId } from '@koppel/domain/kernel';
import type { Conflict, Relation } from '@koppel/domain/relations';
import { idOf } from '@koppel/domain/testing';
import { connect, inTenant, type Database } from '../database.js';
import type { FullTransaction } from '../ports.js';
import { createTestDatabase } from '../testing/test-db.js';
import { DrizzleUnitOfWork } from '../unit-of-work.js';
import { listDeliveries } from './deliveries.js';
import type { WebhookEndpoint } from './webhook-endpoints.js';

const at = new Date('2026-11-25T09:00:00.000Z');
let database: Database;
let drop: () => Promise<void>;
let tenants = 100;
let tenantId: TenantId;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 4 });
  drop = test.drop;
});
beforeEach(() => {
  tenantId = asId<TenantId>(idOf((tenants += 1)));
});
afterAll(async () => {
  await database.close();
  await drop();
});

const ids = () => `${tenantId.slice(0, -6)}${String(tenants * 100).padStart(6, '0')}`;

function aRelation(over: Partial<Relation> = {}): Relation {
  return {
    id: asId(ids()),
    values: { name: 'Bakker Bouw' } as Relation['values'],
    leading: {},
    searchText: 'bakker bouw',
    state: 'active',
    survivorId: null,
    isIntercompany: false,
    version: 1,
    createdAt: at,
    updatedAt: at,
    ...over,
  };
}

async function doing(work: (tx: FullTransaction) => Promise<unknown>): Promise<void> {
  await new DrizzleUnitOfWork(database).run(tenantId, async (tx) => ok(await work(tx)));
}

async function anEndpoint(over: Partial<WebhookEndpoint> = {}): Promise<string> {
  const id = ids();
  const secret = { keyId: 'k1', ciphertext: 'x' };
  await doing((tx) =>
    tx.webhookEndpoints.add({
      ...{ id, tenantId, url: 'https://erp.example', description: '', eventTypes: [] },
      ...{ isEnabled: true, disabledReason: null, disabledAt: null, failingSince: null },
      ...{ secret, previous: null, version: 1, createdBy: 'test', createdAt: at, ...over },
    }),
  );
  return id;
}

const activated = () =>
  doing(async (tx) => {
    await tx.couplings.add(newCoupling('connect', at));
    await tx.couplings.save({ ...newCoupling('connect', at), activatedAt: at });
  });

async function typesOf(endpointId: string): Promise<string[]> {
  const { items } = await inTenant(database, tenantId, (tx) => listDeliveries(tx, { endpointId }));
  return items.map(({ eventType }) => eventType).sort();
}

describe('an event', () => {
  it('is there with the change that it tells of, and gone with it', async () => {
    await activated();
    const endpoint = await anEndpoint();
    await new DrizzleUnitOfWork(database).run(tenantId, async (tx) => {
      await tx.relations.addMany([aRelation()]);
      return err({ kind: 'taken-back' });
    });
    expect(await typesOf(endpoint)).toEqual([]);

    await doing((tx) => tx.relations.addMany([aRelation()]));
    expect(await typesOf(endpoint)).toEqual(['relation.created']);
  });

  it('of one kind about one relation is told once per transaction, and a new one is not said to be changed', async () => {
    await activated();
    const endpoint = await anEndpoint();
    await doing(async (tx) => {
      await tx.relations.addMany([aRelation()]);
      await tx.relations.saveMany([aRelation({ version: 2 })]);
    });
    expect(await typesOf(endpoint)).toEqual(['relation.created']);

    await doing(async (tx) => {
      await tx.relations.saveMany([aRelation({ version: 3 })]);
      await tx.relations.saveMany([aRelation({ version: 4 })]);
    });
    expect(await typesOf(endpoint)).toEqual(['relation.created', 'relation.updated']);
  });

  it('of a new relation waits for the activation, of a merged or lost one it does not', async () => {
    const endpoint = await anEndpoint();
    await doing(async (tx) => {
      await tx.relations.addMany([aRelation()]);
      await tx.relations.saveMany([aRelation({ state: 'merged', survivorId: asId(idOf(7)) })]);
      await tx.relations.saveMany([aRelation({ state: 'deleted' })]);
    });
    expect(await typesOf(endpoint)).toEqual(['relation.deleted', 'relation.merged']);
  });

  it('goes to who wants it and is switched on', async () => {
    const wanting = await anEndpoint({ eventTypes: ['conflict.opened'] });
    const conflict: Conflict = {
      id: asId<ConflictId>(ids()),
      relationId: asId(idOf(7)),
      field: 'phone',
      base: null,
      candidates: [],
      state: 'open',
      openedAt: at,
      resolvedAt: null,
      resolvedBy: null,
      version: 1,
    };
    await doing((tx) => tx.conflicts.addMany([conflict]));
    await doing((tx) => tx.conflicts.saveMany([{ ...conflict, state: 'resolved', resolvedAt: at }]));
    expect(await typesOf(wanting)).toEqual(['conflict.opened']);
  });
});
