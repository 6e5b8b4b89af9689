import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { idOf } from '@koppel/domain/testing';
import { connect, inSystem, inTenant, type Database } from '../database.js';
import { createTestDatabase } from '../testing/test-db.js';
import {
  addDelivery,
  findAttempts,
  listDeliveries,
  replayDelivery,
  replayRange,
  type ReplayRange,
} from './deliveries.js';
import { DeliveryQueue, type TriedDelivery } from './delivery-queue.js';
import { heldReason, holdDeliveries } from './hold-deliveries.js';
import { trimEvents } from './trim-events.js';

const at = new Date('2026-10-01T09:00:00.000Z');
const later = (ms: number) => new Date(at.getTime() + ms);
const endpointId = idOf(9);
let database: Database;
let drop: () => Promise<void>;
let tenants = 500;
let tenantId: TenantId;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 4 });
  drop = test.drop;
});
beforeEach(async () => {
  tenantId = asId<TenantId>(idOf((tenants += 1)));
  await inSystem(database, (tx) =>
    tx.execute(
      sql`insert into tenants (id, name, feature_enabled_at, created_at) values (${tenantId}, 'T', now(), now())`,
    ),
  );
});
afterAll(async () => {
  await database.close();
  await drop();
});

const to = (id = endpointId) => ({ id, tenantId, eventTypes: [] });

function tell(moment: Date, id = endpointId): Promise<string> {
  const about = { subjectId: 'x', data: {}, link: '/v1/sync-runs/x', at: moment };
  return inTenant(database, tenantId, (tx) => addDelivery(tx, to(id), { type: 'sync.failed', ...about }));
}

const listed = async () =>
  (await inTenant(database, tenantId, (tx) => listDeliveries(tx, { endpointId }))).items.map(({ id }) => id);

function attempted(id: string): TriedDelivery {
  const settled = { state: 'delivered', attempts: 1, dueAt: null } as const;
  return { id, replays: 0, ...settled, at, status: 200, failure: null, ms: 1 };
}

const before = later(60_000);
const trim = () => trimEvents(database, { before, limit: 100 });

/** Until a transaction waits for another one; the test's own time bounds it. */
async function somebodyWaits(): Promise<void> {
  const waiting = sql`select from pg_stat_activity
    where wait_event_type = 'Lock' and datname = current_database()`;
  while ((await database.db.execute(waiting)).length === 0) await new Promise((go) => setImmediate(go));
}

describe('old events', () => {
  it('are forgotten with their deliveries and attempts, and younger ones are not', async () => {
    const [old, young] = [await tell(at), await tell(before)];
    await inTenant(database, tenantId, (tx) => new DeliveryQueue(tx, tenantId).record([attempted(old)]));
    expect(await trim()).toBe(1);
    expect(await listed()).toEqual([young]);
    expect(await inTenant(database, tenantId, (tx) => findAttempts(tx, old))).toEqual([]);
    expect(await trim()).toBe(0);
  });

  it('leave no attempt behind that is being written while they go', async () => {
    const id = await tell(at);
    const trimming = await inTenant(database, tenantId, async (tx) => {
      await new DeliveryQueue(tx, tenantId).record([attempted(id)]);
      const begun = trim();
      await somebodyWaits();
      return { begun };
    });
    expect(await trimming.begun).toBe(1);
    expect(await inTenant(database, tenantId, (tx) => findAttempts(tx, id))).toEqual([]);
  });

  it('stay while they are being replayed', async () => {
    const id = await tell(at, idOf(8));
    const range = { since: at, until: before, now: later(90_000), limit: 10 };
    await inTenant(database, tenantId, async (tx) => {
      expect((await replayRange(tx, to(), range)).replayed).toBe(1);
      expect(await trim()).toBe(0);
    });
    const due = await inTenant(database, tenantId, (tx) =>
      new DeliveryQueue(tx, tenantId).findDue(endpointId, { now: range.now, limit: 10 }),
    );
    expect(due).toHaveLength(1);
    expect(due[0]?.id).not.toBe(id);
    expect(await trim()).toBe(1);
  });
});

describe('a range that is longer than one replay', () => {
  it('goes on after the last moment, and skips and repeats nothing', async () => {
    const moments = [0, 1, 1, 1, 2].map(later);
    for (const moment of moments) await tell(moment);
    const counts: number[] = [];
    let since: Date | null = at;
    for (let round = 0; since && round < 9; round += 1) {
      const range: ReplayRange = { since, until: before, now: before, limit: 2 };
      const done = await inTenant(database, tenantId, (tx) => replayRange(tx, to(), range));
      counts.push(done.replayed);
      since = done.continueSince;
    }
    expect(counts).toEqual([4, 1]);
    expect(await listed()).toHaveLength(moments.length);
  });
});

describe('the log of a removed endpoint', () => {
  it('is forgotten in portions, without that of others', async () => {
    for (let count = 0; count < 3; count += 1) await tell(later(count));
    const other = await tell(at, idOf(8));
    const forget = () =>
      inTenant(database, tenantId, (tx) => new DeliveryQueue(tx, tenantId).forget(endpointId, 2));
    expect([await forget(), await forget(), await forget()]).toEqual([2, 1, 0]);
    const left = await inTenant(database, tenantId, (tx) => listDeliveries(tx, { endpointId: idOf(8) }));
    expect(left.items.map(({ id }) => id)).toEqual([other]);
  });
});

describe('holdDeliveries', () => {
  it('sends nothing again by itself that waited in an older backup, says why, and can be asked to (F28)', async () => {
    const [waiting, delivered] = [await tell(later(1)), await tell(later(2))];
    const queue = <T>(work: (queue: DeliveryQueue) => Promise<T>) =>
      inTenant(database, tenantId, (tx) => work(new DeliveryQueue(tx, tenantId)));
    await queue((deliveries) => deliveries.record([attempted(delivered)]));
    const due = () => queue((deliveries) => deliveries.findDue(endpointId, { now: later(9), limit: 9 }));
    expect((await due()).map(({ id }) => id)).toEqual([waiting]);

    expect(await holdDeliveries(database)).toBeGreaterThanOrEqual(1);

    expect(await due()).toEqual([]);
    const log = await inTenant(database, tenantId, (tx) => findAttempts(tx, waiting));
    expect(log).toMatchObject([{ failure: heldReason, status: null }]);
    const [eventId] = (await inTenant(database, tenantId, (tx) => listDeliveries(tx, { endpointId }))).items
      .filter(({ id }) => id === waiting)
      .map((row) => row.eventId);
    await inTenant(database, tenantId, (tx) => replayDelivery(tx, waiting, later(5)));
    expect(await due()).toMatchObject([{ id: waiting, event: { id: eventId } }]);
  });
});
