import { beforeEach, describe, expect, it } from 'vitest';
import type { Message, SyncRunId } from '../kernel/index.js';
import { anAccountRow, anAdministration, aSyncWorld, type SyncWorld } from '../testing/index.js';
import { handBackStep } from './hand-back-step.js';
import { runCompare } from './run-compare.js';
import { pauseRun } from './steer-run.js';
import type { SyncStep } from './sync-step.js';

const division = 900_001;
const amsterdam = anAdministration({ division, state: 'coupling' });

let world: SyncWorld;
let runId: SyncRunId;
let message: Message;
beforeEach(async () => {
  world = aSyncWorld([amsterdam]);
  world.source.of(division).accounts = Array.from({ length: 8 }, (_, index) => anAccountRow(index + 1));
  runId = await world.start();
  message = world.takeMessages()[0]!;
});

const accounts = () => world.stepOf(runId, division, 'accounts');
const claimOf = ({ id, leaseOwner, epoch }: SyncStep) => {
  const owner = leaseOwner ?? '';
  return { tenantId: world.tenantId, runId, stepId: id, owner, epoch };
};
/** A worker that gets no further than its claim, for what is told. */
async function stopFor(what: string): Promise<SyncStep> {
  world.source.onPage = () => Promise.reject(new Error(what));
  await expect(world.step(message)).rejects.toThrow(what);
  world.source.onPage = () => undefined;
  return accounts();
}

describe('handBackStep', () => {
  it('counts no crash of workers that live through an outage, however often, and lets the next go on at once (F20, F25)', async () => {
    for (let outage = 1; outage <= 5; outage += 1)
      await handBackStep(world.deps, claimOf(await stopFor('disk full')));
    expect(await accounts()).toMatchObject({
      state: 'pending',
      leaseOwner: null,
      crashCount: 0,
      attempts: 0,
    });

    await world.step(message);

    expect(await accounts()).toMatchObject({ state: 'done', records: 8 });
    expect(world.syncRuns.events.map(({ key }) => key)).not.toContain('resumed');
  });

  it('still gives up what kills its worker: only those that died are counted (F04)', async () => {
    for (let death = 1; death <= 3; death += 1) {
      await handBackStep(world.deps, claimOf(await stopFor('disk full')));
      await stopFor('killed');
      world.advance(10_000);
    }
    expect(await world.step(message)).toMatchObject({ kind: 'ended' });
    expect(await accounts()).toMatchObject({ state: 'failed', crashCount: 3 });
  });

  it('takes back the crash of a worker that was taken for dead, and leaves the step to who has it', async () => {
    const claim = claimOf(await stopFor('connection lost'));
    world.advance(10_000);
    const taken = await stopFor('slow');
    expect(taken.crashCount).toBe(1);

    await handBackStep(world.deps, { ...claim, epoch: null });
    expect(await accounts()).toEqual(taken);
    await handBackStep(world.deps, claim);
    expect(await accounts()).toEqual({ ...taken, crashCount: 0 });
  });

  it('leaves a step paused that was paused meanwhile', async () => {
    const claim = claimOf(await stopFor('connection lost'));
    await pauseRun(world.deps, { tenantId: world.tenantId, runId });
    await handBackStep(world.deps, claim);
    expect(await accounts()).toMatchObject({ state: 'waiting', waitReason: 'paused' });
  });

  it('hands back the comparing of a run too: three outages do not fail it (F20, F25)', async () => {
    await world.outbox.add(message);
    await world.work();
    const command = { tenantId: world.tenantId, runId };
    const compare = (owner: string, work: () => Promise<void>) =>
      runCompare({ ...world.deps, compare: work }, { ...command, owner });
    for (let outage = 1; outage <= 4; outage += 1) {
      const owner = `worker ${outage}`;
      await expect(compare(owner, () => Promise.reject(new Error('disk full')))).rejects.toThrow();
      await handBackStep(world.deps, { ...command, stepId: null, owner, epoch: outage });
    }
    expect(await compare('last', () => Promise.resolve())).toBe('compared');
    expect((await world.run(runId)).state).toBe('completed');
  });
});
