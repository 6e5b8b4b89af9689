import { beforeEach, describe, expect, it } from 'vitest';
import type { SyncRunId } from '../kernel/index.js';
import { anAccountRow, anAdministration, aSyncWorld, type SyncWorld } from '../testing/index.js';
import { runCompare } from './run-compare.js';
import { retryStep } from './retry-step.js';

const division = 900_001;
const amsterdam = anAdministration({ division, state: 'coupling' });
const rows = (count: number) => Array.from({ length: count }, (_, index) => anAccountRow(index + 1));
const missing = `accounts-missing:${amsterdam.id}`;

let world: SyncWorld;
beforeEach(() => {
  world = aSyncWorld([amsterdam]);
  world.source.of(division).accounts = rows(8);
});

async function read(kind: 'initial' | 'resync' = 'initial'): Promise<SyncRunId> {
  const runId = await world.start(kind);
  await world.work();
  return runId;
}
const accountsOf = (runId: SyncRunId) => world.stepOf(runId, division, 'accounts');
const cursors = async () => (await world.cursors.findMany(amsterdam.id)).map(({ kind }) => kind);
const openIssues = () => world.issues.findOpenCauseKeys('');
async function compare(runId: SyncRunId): Promise<void> {
  const { tenantId } = world;
  await runCompare({ ...world.deps, compare: () => Promise.resolve() }, { tenantId, runId, owner: 'one' });
}

describe('the end of a full read, held against the count of Exact', () => {
  it('is no end while there is more: what lies beyond it is read', async () => {
    world.source.endsAfter = 1;
    const runId = await read();
    expect(await accountsOf(runId)).toMatchObject({ state: 'done', records: 8, expected: 8 });
    expect(world.sourceStore.all()).toHaveLength(8);
    expect(await openIssues()).toEqual([]);
  });

  it('takes in what was made meanwhile, and asks nothing of what was deleted meanwhile', async () => {
    world.source.onPage = ({ cursor, kind }) => {
      if (kind !== 'accounts' || cursor.next === null) return;
      world.source.onPage = () => undefined;
      world.source.of(division).accounts = [...rows(10).slice(2), anAccountRow(20)];
    };
    const runId = await read();
    expect(await accountsOf(runId)).toMatchObject({ state: 'done', expected: 9 });
    expect(await openIssues()).toEqual([]);
  });

  it('reads on once where one was made after the last page', async () => {
    const counts = [8, 9];
    world.source.onCount = () => {
      if (counts.shift() === 9) world.source.of(division).accounts.push(anAccountRow(9));
    };
    const runId = await read();
    expect(await accountsOf(runId)).toMatchObject({ state: 'done', records: 9 });
    expect(world.sourceStore.all()).toHaveLength(9);
  });

  it('tells when it stays short, keeps no cursor, and blocks a first coupling', async () => {
    world.source.countIs = 20;
    const runId = await read();
    await compare(runId);

    expect(await accountsOf(runId)).toMatchObject({ state: 'failed', records: 8, expected: 20 });
    expect(await world.run(runId)).toMatchObject({ state: 'completed' });
    expect(await openIssues()).toEqual([missing]);
    expect(await world.issues.countOpenBlocking()).toBe(1);
    expect(world.issues.all()[0]?.params).toEqual({ count: 8, counted: 20 });
    expect(await cursors()).not.toContain('accounts');
    expect(world.source.pagesOf(division, 'accounts')).toBe(4);
    expect((await world.administrations.findById(amsterdam.id))?.lastSyncedAt).toBeNull();
  });

  it('is over once a retry of the part, which reads from the beginning, gives all', async () => {
    world.source.countIs = 20;
    const runId = await read();
    await compare(runId);
    world.source.countIs = null;
    // Lies before where the first read ended.
    world.source.of(division).accounts.push(anAccountRow(9, { rowVersion: 2n }));

    const stepId = (await accountsOf(runId)).id;
    expect(await retryStep(world.deps, { tenantId: world.tenantId, runId, stepId })).toMatchObject({
      ok: true,
    });
    await world.work();

    expect(await accountsOf(runId)).toMatchObject({ state: 'done', records: 9, expected: 9 });
    expect(await openIssues()).toEqual([]);
    expect(await cursors()).toContain('accounts');
  });

  it('makes the next run read everything, which closes the issue', async () => {
    world.source.countIs = 20;
    await compare(await read());
    world.source.countIs = null;

    const runId = await read('resync');
    expect(await accountsOf(runId)).toMatchObject({ isFullRead: true, state: 'done', records: 8 });
    expect(await openIssues()).toEqual([]);
  });

  it('counts what was not taken over as read', async () => {
    const { exactId } = anAccountRow(20);
    const reason = { kind: 'unreadable', message: 'EndDate is no date' } as const;
    world.source.rejections.set(division, [{ exactId, name: '20', reason }]);
    world.source.countIs = 9;
    expect(await accountsOf(await read())).toMatchObject({ state: 'done', rejected: 1 });
  });
});
