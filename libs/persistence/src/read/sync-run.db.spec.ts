import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { asId, ok, type SyncRunId, type SyncStepId, type TenantId } from '@koppel/domain/kernel';
import type { SyncRun, SyncStep } from '@koppel/domain/sync';
import { anAdministration, aSyncRun, aSyncStep } from '@koppel/domain/testing';
import { connect, inTenant, type Database } from '../database.js';
import { createTestDatabase } from '../testing/test-db.js';
import { DrizzleUnitOfWork } from '../unit-of-work.js';
import { listSyncRuns, readSyncRun } from './sync-run.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
const now = new Date('2026-11-25T09:00:00Z');
const amsterdam = anAdministration({ division: 900_001, position: 1, name: 'Amsterdam' });
const utrecht = anAdministration({ division: 900_002, position: 2, name: 'Utrecht' });
let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 2 });
  drop = test.drop;
  await new DrizzleUnitOfWork(database).run(tenantId, async (tx) => {
    for (const one of [amsterdam, utrecht]) await tx.administrations.add(one);
    return ok(undefined);
  });
});
afterAll(async () => {
  await database.close();
  await drop();
});
beforeEach(() =>
  inTenant(database, tenantId, async (tx) => {
    for (const table of ['sync_runs', 'sync_steps', 'sync_events'])
      await tx.execute(sql`delete from ${sql.identifier(table)}`);
  }),
);

let steps = 0;
function aPart(over: Partial<SyncStep>): SyncStep {
  steps += 1;
  return aSyncStep({
    id: asId<SyncStepId>(`00000000-0000-7000-8000-${String(steps).padStart(12, '0')}`),
    ...over,
  });
}
async function given(run: SyncRun, parts: readonly SyncStep[]): Promise<void> {
  await new DrizzleUnitOfWork(database).run(tenantId, async (tx) => {
    await tx.syncRuns.add(run);
    await tx.syncSteps.addMany(parts);
    await tx.syncRuns.addEvent({
      runId: run.id,
      administrationId: utrecht.id,
      at: now,
      key: 'limit-reached',
      params: { window: 'minute' },
    });
    return ok(undefined);
  });
}
const read = (id: SyncRunId) => inTenant(database, tenantId, (tx) => readSyncRun(tx, id, now));

describe('readSyncRun', () => {
  const until = new Date('2026-11-25T09:00:40Z');

  it('tells per administration and kind how far it is, what waits until when, and what happened', async () => {
    await given(aSyncRun(), [
      aPart({ state: 'done', records: 900, rejected: 2, expected: 902, calls: 2 }),
      aPart({ kind: 'contacts', position: 1, state: 'running' }),
      aPart({
        administrationId: utrecht.id,
        state: 'waiting',
        waitReason: 'minute-limit',
        dueAt: until,
        records: 1_000,
        expected: 5_000,
        calls: 2,
      }),
      aPart({ kind: 'compare', position: 11, administrationId: null }),
    ]);

    const view = await read(aSyncRun().id);

    expect(view).toMatchObject({
      isPaused: false,
      statistics: { fetched: 1_900, rejected: 2, calls: 4 },
      administrations: [
        { name: 'Amsterdam', state: 'running', parts: [{ kind: 'accounts' }, { kind: 'contacts' }] },
        {
          name: 'Utrecht',
          state: 'waiting',
          parts: [{ waitReason: 'minute-limit', resumesAt: until }],
          budget: { minuteAllowed: 60 },
        },
      ],
      events: [{ key: 'limit-reached', administrationName: 'Utrecht', params: { window: 'minute' } }],
    });
    expect(view?.administrations.flatMap((each) => each.parts).map((part) => part.kind)).not.toContain(
      'compare',
    );
    expect(view?.secondsLeft).toBeGreaterThanOrEqual(40);
  });

  it('knows no time left while nothing tells how much there is, while it is paused, and after its end', async () => {
    await given(aSyncRun(), [aPart({})]);
    expect((await read(aSyncRun().id))?.secondsLeft).toBeNull();
    await inTenant(database, tenantId, (tx) => tx.execute(sql`update sync_steps set expected = 100`));
    expect((await read(aSyncRun().id))?.secondsLeft).toBeGreaterThan(0);
    await inTenant(database, tenantId, (tx) => tx.execute(sql`update sync_runs set paused_at = now()`));
    expect(await read(aSyncRun().id)).toMatchObject({ isPaused: true, secondsLeft: null });
  });

  it("says of an administration what its worst part says, and nothing of another tenant's run", async () => {
    await given(aSyncRun(), [
      aPart({ state: 'done' }),
      aPart({
        kind: 'contacts',
        position: 1,
        state: 'failed',
        failure: { kind: 'fetch-failed', message: 'HTTP 503' },
      }),
      aPart({ administrationId: utrecht.id, state: 'done' }),
      aPart({ administrationId: utrecht.id, kind: 'contacts', position: 1 }),
    ]);

    expect((await read(aSyncRun().id))?.administrations.map((each) => each.state)).toEqual([
      'failed',
      'running',
    ]);
    const stranger = asId<TenantId>('00000000-0000-7000-8000-000000000002');
    expect(await inTenant(database, stranger, (tx) => readSyncRun(tx, aSyncRun().id, now))).toBeUndefined();
  });
});

describe('an administration that stood aside', () => {
  it('waits, also after the run is over: it is neither done nor failed', async () => {
    const failure = { kind: 'stood-aside', message: 'day-limit' };
    const ended = aSyncRun({ state: 'completed', endedAt: now });
    await given(ended, [
      aPart({ state: 'done' }),
      aPart({ kind: 'contacts', position: 1, state: 'skipped', failure }),
    ]);
    expect((await read(ended.id))?.administrations.map(({ state }) => state)).toEqual(['waiting']);
  });
});

describe('listSyncRuns', () => {
  it('gives runs newest first, page by page, each once', async () => {
    const run = (hour: number) =>
      aSyncRun({
        id: asId<SyncRunId>(`00000000-0000-7000-8000-0000000000c${hour}`),
        startedAt: new Date(`2026-11-25T0${hour}:00:00Z`),
        state: 'completed',
      });
    for (const hour of [1, 2, 3, 4, 5]) await given(run(hour), []);
    const page = (cursor?: string) =>
      inTenant(database, tenantId, (tx) => listSyncRuns(tx, { cursor, limit: 2 }));

    const first = await page();
    const second = await page(first.nextCursor ?? '');
    const third = await page(second.nextCursor ?? '');

    const ids = [first, second, third].flatMap(({ items }) => items.map((item) => item.id));
    expect(ids).toEqual([5, 4, 3, 2, 1].map((hour) => run(hour).id));
    expect(third).toMatchObject({ nextCursor: null, total: 5 });
  });
});
