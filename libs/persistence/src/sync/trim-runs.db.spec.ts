import { randomUUID } from 'node:crypto';
import { asc, count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { connect, inTenant, type Database } from '../database.js';
import { syncComparisons, syncEvents, syncRuns, syncSteps } from '../schema/index.js';
import { createTestDatabase } from '../testing/test-db.js';
import { trimRuns } from './trim-runs.js';

const tenantId = asId<TenantId>('00000000-0000-7000-8000-000000000001');
const dayMs = 86_400_000;
const month = { ageMs: 30 * dayMs, limit: 10 };

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
beforeEach(() =>
  inTenant(database, tenantId, async (tx) => {
    for (const table of [syncComparisons, syncEvents, syncSteps, syncRuns]) await tx.delete(table);
  }),
);

/** A run with a step and a line of its log. */
async function addRun(run: {
  daysAgo: number;
  kind?: string;
  state?: string;
  failure?: { kind: string; message: string };
}): Promise<string> {
  const id = randomUUID();
  const then = new Date(Date.now() - run.daysAgo * dayMs);
  const state = run.state ?? 'completed';
  const endedAt = state === 'fetching' ? null : then;
  await inTenant(database, tenantId, async (tx) => {
    await tx.insert(syncRuns).values({
      ...{ id, tenantId, state, endedAt, kind: run.kind ?? 'resync' },
      ...{ trigger: 'schedule', startedAt: then, statistics: {}, failure: run.failure ?? null },
    });
    await tx
      .insert(syncSteps)
      .values({ id: randomUUID(), tenantId, runId: id, kind: 'compare', state: 'done', dueAt: then });
    await tx.insert(syncEvents).values({ tenantId, runId: id, at: then, key: 'completed', params: {} });
    await tx.insert(syncComparisons).values({ tenantId, runId: id, counts: {} });
  });
  return id;
}

async function runsLeft(): Promise<string[]> {
  const rows = await inTenant(database, tenantId, (tx) =>
    tx.select({ id: syncRuns.id }).from(syncRuns).orderBy(asc(syncRuns.startedAt)),
  );
  return rows.map(({ id }) => id);
}

describe('trimRuns', () => {
  it('forgets resyncs that completed long ago, with their steps and log', async () => {
    const old = await addRun({ daysAgo: 31 });
    const recent = await addRun({ daysAgo: 29 });

    expect(await trimRuns(database, month)).toBe(1);
    expect(await runsLeft()).toEqual([recent]);
    for (const table of [syncSteps, syncEvents, syncComparisons]) {
      const [left] = await inTenant(database, tenantId, (tx) =>
        tx.select({ of: count() }).from(table).where(eq(table.runId, old)),
      );
      expect(left?.of).toBe(0);
    }
  });

  it('forgets resyncs that were taken back because everybody waited, once a later one compared what they had stored', async () => {
    const failure = { kind: 'nothing-fetched', message: 'no administration could be read' };
    await addRun({ daysAgo: 33, state: 'cancelled', failure });
    const byPerson = await addRun({ daysAgo: 32.5, state: 'cancelled' });
    await addRun({ daysAgo: 32 });
    const last = await addRun({ daysAgo: 31, state: 'cancelled', failure });
    expect(await trimRuns(database, { ...month, limit: 1 })).toBe(1);
    expect(await trimRuns(database, month)).toBe(1);
    expect(await runsLeft()).toEqual([byPerson, last]);
  });

  it('forgets what was compared for a run after its end, once that is long ago', async () => {
    const [old, recent] = [
      await addRun({ daysAgo: 31, state: 'cancelled' }),
      await addRun({ daysAgo: 29, state: 'cancelled' }),
    ];
    await trimRuns(database, month);
    expect(await runsLeft()).toEqual([old, recent]);
    const left = await inTenant(database, tenantId, (tx) =>
      tx.select({ runId: syncComparisons.runId }).from(syncComparisons),
    );
    expect(left).toEqual([{ runId: recent }]);
  });

  it('keeps first couplings, additions, failures and what is still open, however old', async () => {
    const kept = [
      await addRun({ daysAgo: 94, kind: 'initial' }),
      await addRun({ daysAgo: 93, kind: 'addition' }),
      await addRun({ daysAgo: 92, state: 'failed' }),
      await addRun({ daysAgo: 91, state: 'fetching' }),
    ];

    expect(await trimRuns(database, month)).toBe(0);
    expect(await runsLeft()).toEqual(kept);
  });

  it('takes the oldest first, no more than asked', async () => {
    await addRun({ daysAgo: 50 });
    const newer = await addRun({ daysAgo: 40 });

    expect(await trimRuns(database, { ...month, limit: 1 })).toBe(1);
    expect(await runsLeft()).toEqual([newer]);
  });
});
