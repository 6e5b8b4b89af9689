import { beforeEach, describe, expect, it } from 'vitest';
import type { SyncRunId } from '../kernel/index.js';
import { anAccountRow, anAdministration, aSyncWorld, type SyncWorld } from '../testing/index.js';
import { recordFailedCompare, runCompare, type RunCompareDeps } from './run-compare.js';
import { noComparison } from '../relations/index.js';
import { retryStep } from './retry-step.js';
import type { Comparison } from './sync-run.js';
import { cancelRun } from './steer-run.js';

const amsterdam = anAdministration({ division: 900_001, state: 'active', position: 1 });
const comparison: Comparison = {
  ...{ relations: 2, mergedAutomatically: 0, asked: 0, doubles: 0, created: 2, changed: 0, deleted: 0 },
  ...{ conflicts: 0, writes: 0 },
};

let world: SyncWorld;
let runId: SyncRunId;
beforeEach(async () => {
  world = aSyncWorld([amsterdam]);
  world.source.of(900_001).accounts = [anAccountRow(1), anAccountRow(2)];
  runId = await world.start();
  await world.work();
});
const compareWith = (compare: RunCompareDeps['compare'], owner = 'one') =>
  runCompare({ ...world.deps, compare }, { tenantId: world.tenantId, runId, owner });

const told = () => world.syncRuns.addComparison(runId, comparison);

describe('runCompare', () => {
  it('compares and completes the run: totals, last and next synchronisation', async () => {
    world.advance(5_000);

    expect(await compareWith(told)).toBe('compared');

    expect(await world.run(runId)).toMatchObject({
      state: 'completed',
      endedAt: world.time,
      statistics: { ...comparison, fetched: 2, rejected: 0, calls: 13 },
    });
    expect(await world.administrations.findById(amsterdam.id)).toMatchObject({
      lastSyncedAt: world.time,
      nextSyncAt: new Date(world.time.getTime() + 60 * 60_000),
    });
  });

  it('compares once, however often it is asked', async () => {
    let times = 0;
    const compare = async () => {
      times += 1;
      expect(await compareWith(told, 'two')).toBe('busy');
      await told();
    };

    expect(await compareWith(compare)).toBe('compared');
    expect(await compareWith(compare, 'three')).toBe('nothing-to-do');
    expect(times).toBe(1);
  });

  it('does not complete a run that was cancelled or taken over meanwhile', async () => {
    const outcome = await compareWith(async () => {
      await cancelRun(world.deps, { tenantId: world.tenantId, runId });
      await told();
    });

    expect(outcome).toBe('lease-lost');
    expect(await world.run(runId)).toMatchObject({ state: 'cancelled', statistics: comparison });
    expect(await world.syncRuns.takeComparison(runId)).toEqual(noComparison);
  });

  it('compares what a cancelled run had stored in the next one', async () => {
    await cancelRun(world.deps, { tenantId: world.tenantId, runId });
    runId = await world.start('resync');
    await world.work();

    await compareWith(told);

    expect(world.sourceStore.changedIn(runId)).toHaveLength(2);
  });

  it('tells how far it is', async () => {
    await compareWith(async ({ onProgress }) => {
      await onProgress(1, 2);
      expect(await world.run(runId)).toMatchObject({ compared: 1, compareTotal: 2 });
      await told();
    });
  });

  it('tries again after a failure, later and later, and shows it after some tries', async () => {
    const pauses: number[] = [];
    for (let count = 1; count <= 3; count += 1) {
      const failing = compareWith(async () => Promise.reject(new Error('broken')), `worker ${count}`);
      await expect(failing).rejects.toThrow('broken');
      await recordFailedCompare(world.deps, {
        tenantId: world.tenantId,
        runId,
        owner: `worker ${count}`,
        reason: 'broken',
      });
      const step = await world.stepOf(runId, 0, 'compare');
      pauses.push(step.dueAt.getTime() - world.time.getTime());
      expect(await compareWith(told)).toBe('nothing-to-do');
      world.time = step.dueAt;
    }

    expect(pauses).toEqual([5_000, 10_000, 20_000]);
    expect(await world.issues.findOpenCauseKeys('')).toEqual([`fetch-failed:${runId}:compare`]);
    expect(await compareWith(told, 'last')).toBe('compared');
    expect(await world.issues.findOpenCauseKeys('')).toEqual([]);
  });

  it('tells in the end of all that was done, before a death too, and of nothing twice (F01)', async () => {
    const dying = compareWith(async () => {
      await world.syncRuns.addComparison(runId, { ...noComparison, relations: 2, created: 5 });
      throw new Error('killed');
    });
    await expect(dying).rejects.toThrow('killed');
    world.advance(60_000);

    const asked = { ...noComparison, relations: 1, asked: 3 };
    expect(await compareWith(() => world.syncRuns.addComparison(runId, asked), 'next')).toBe('compared');
    expect((await world.run(runId)).statistics).toMatchObject({
      relations: 3,
      created: 5,
      asked: 3,
      fetched: 2,
    });
  });

  it('closes what kept writes waiting once that is over, also where no write arrived that would tell', async () => {
    const { id: administrationId } = amsterdam;
    const told = (
      cause: 'endpoint-suspended' | 'day-limit-reached' | 'exact-silent',
      about: string,
      hours: number,
    ) => ({
      ...{ cause, causeKey: `${cause}:${administrationId}${about}`, administrationId },
      params: { until: new Date(world.time.getTime() + hours * 3_600_000).toISOString() },
    });
    const lasting = told('day-limit-reached', '', 2);
    const ofPages = told('endpoint-suspended', ':accounts', 1);
    const ofWrites = ['', ':accounts', ':bank-accounts'].map((kind) =>
      told('endpoint-suspended', `:writes${kind}`, 1),
    );
    const silent = told('exact-silent', '', 0.25);
    await world.issues.report([...ofWrites, silent, lasting, ofPages], world.time);
    world.advance(3_600_000);

    await compareWith(() => Promise.resolve());

    expect(await world.issues.findOpenCauseKeys('')).toEqual([lasting.causeKey, ofPages.causeKey]);
  });

  it('adds what is compared after a failed part was tried again to what was before', async () => {
    await cancelRun(world.deps, { tenantId: world.tenantId, runId });
    world.source.fail({ kind: 'right-missing', reason: 'x' }, { division: 900_001, kind: 'journals' });
    runId = await world.start('resync');
    await world.work();
    expect(await compareWith(told)).toBe('compared');
    const stepId = (await world.stepOf(runId, 900_001, 'journals')).id;
    expect(await retryStep(world.deps, { tenantId: world.tenantId, runId, stepId })).toMatchObject({
      ok: true,
    });
    await world.work();

    expect(await compareWith(() => world.syncRuns.addComparison(runId, { ...noComparison, asked: 1 }))).toBe(
      'compared',
    );

    expect((await world.run(runId)).statistics).toMatchObject({ ...comparison, asked: 1 });
  });

  it('goes on for as long as its workers place something before they die (F04)', async () => {
    for (let count = 1; count <= 6; count += 1) {
      const dying = compareWith(async () => {
        await told();
        throw new Error('killed');
      }, `worker ${count}`);
      await expect(dying).rejects.toThrow('killed');
      world.advance(60_000);
    }

    expect(await compareWith(async () => undefined, 'last')).toBe('compared');
    expect((await world.run(runId)).statistics).toMatchObject({ relations: 12, created: 12 });
    const steps = await world.syncSteps.findMany(runId);
    expect(steps.find(({ kind }) => kind === 'compare')).toMatchObject({ state: 'done', records: 0 });
  });

  it('fails the run when its workers die three times', async () => {
    for (let count = 1; count <= 3; count += 1) {
      const dying = compareWith(async () => Promise.reject(new Error('killed')), `worker ${count}`);
      await expect(dying).rejects.toThrow('killed');
      world.advance(60_000);
    }

    expect(await compareWith(told, 'last')).toBe('nothing-to-do');
    expect(await world.run(runId)).toMatchObject({ state: 'failed', failure: { kind: 'compare-failed' } });
    expect(await world.issues.findOpenCauseKeys('')).toEqual([`fetch-failed:${runId}:compare`]);

    // The next run compares what this one left, and closes what people were told of it.
    runId = await world.start('resync');
    await world.work();
    expect(await compareWith(told, 'next')).toBe('compared');
    expect(await world.issues.findOpenCauseKeys('')).toEqual([]);
  });
});
