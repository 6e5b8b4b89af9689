import { beforeEach, describe, expect, it } from 'vitest';
import type { SyncRunId } from '../kernel/index.js';
import { noComparison } from '../relations/index.js';
import {
  anAccountRow,
  anAdministration,
  aSyncWorld,
  aWriteIntent,
  type SyncWorld,
} from '../testing/index.js';
import { retryStep } from './retry-step.js';
import { cancelRun, continueRun, pauseRun } from './steer-run.js';
import { wakeConnection } from './wake-connection.js';

const amsterdam = anAdministration({ division: 900_001, state: 'coupling', position: 1 });
const utrecht = anAdministration({ division: 900_002, state: 'coupling', position: 2 });

let world: SyncWorld;
let runId: SyncRunId;
beforeEach(async () => {
  world = aSyncWorld([amsterdam, utrecht]);
  world.source.of(900_001).accounts = Array.from({ length: 8 }, (_, index) => anAccountRow(index + 1));
  world.source.of(900_002).accounts = [anAccountRow(1)];
  runId = await world.start();
});
const command = () => ({ tenantId: world.tenantId, runId });

describe('pauseRun and continueRun', () => {
  it('stops after the page that is being read and goes on from there', async () => {
    const [message] = world.takeMessages();
    let isAsked = false;
    const outcome = await world.step(message!, {
      shouldYield: () => {
        const isSecond = isAsked;
        isAsked = true;
        return isSecond;
      },
    });
    expect(outcome).toEqual({ kind: 'released' });
    expect(await pauseRun(world.deps, command())).toMatchObject({
      ok: true,
      value: { pausedAt: world.time },
    });
    expect(await world.step(message!)).toEqual({ kind: 'nothing-to-do' });
    world.takeMessages();

    expect(await continueRun(world.deps, command())).toMatchObject({ ok: true, value: { pausedAt: null } });

    await world.work();
    expect((await world.run(runId)).state).toBe('comparing');
    expect(world.source.pagesOf(900_001, 'accounts')).toBe(3);
  });

  it('lets the page that is being read be stored, and no other (F03)', async () => {
    const [message] = world.takeMessages();
    world.source.onPage = async ({ cursor }) => {
      if (cursor.next !== null) await pauseRun(world.deps, command());
    };

    expect(await world.step(message!)).toEqual({ kind: 'paused' });

    const step = await world.stepOf(runId, 900_001, 'accounts');
    expect(step).toMatchObject({ state: 'waiting', waitReason: 'paused', records: 6, leaseOwner: null });
    world.source.onPage = () => undefined;
    await continueRun(world.deps, command());
    await world.work();
    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({ state: 'done', records: 8 });
  });

  it('goes on without a stop when it is continued before the page was stored', async () => {
    const [message] = world.takeMessages();
    world.source.onPage = async ({ cursor }) => {
      if (cursor.next === null) return;
      await pauseRun(world.deps, command());
      await continueRun(world.deps, command());
    };

    expect(await world.step(message!)).toMatchObject({ kind: 'ended' });
  });

  it('refuses for a run that has ended or never was', async () => {
    await cancelRun(world.deps, command());
    expect(await pauseRun(world.deps, command())).toEqual({ ok: false, error: { kind: 'sync-not-running' } });
    const unknown = { ...command(), runId: amsterdam.id as unknown as SyncRunId };
    expect(await continueRun(world.deps, unknown)).toEqual({ ok: false, error: { kind: 'not-found' } });
  });
});

describe('cancelRun', () => {
  it('ends the run, refuses the page under way and plans the next one', async () => {
    const [message] = world.takeMessages();
    world.source.onPage = async () => {
      world.source.onPage = () => undefined;
      await cancelRun(world.deps, command());
    };

    expect(await world.step(message!)).toEqual({ kind: 'lease-lost' });

    expect(await world.run(runId)).toMatchObject({ state: 'cancelled', endedAt: world.time });
    expect(world.sourceStore.all()).toEqual([]);
    expect((await world.syncSteps.findMany(runId)).every((step) => step.state === 'skipped')).toBe(true);
  });

  it('tells what was fetched and compared until then', async () => {
    await world.work();
    await world.syncRuns.addComparison(runId, { ...noComparison, created: 5 });

    const cancelled = await cancelRun(world.deps, command());

    const { statistics } = await world.run(runId);
    expect(statistics).toMatchObject({ fetched: 9, rejected: 0, created: 5 });
    expect(statistics.calls).toBeGreaterThan(0);
    expect(cancelled).toMatchObject({ ok: true, value: { state: 'cancelled', statistics } });
  });
});

describe('retryStep', () => {
  it('tries a failed part and what was skipped because of it again, and the run ends as if nothing had happened', async () => {
    world.source.fail(
      { kind: 'access-lost', reason: 'NoDivisionAccess' },
      { division: 900_001, kind: 'accounts', afterPages: 1 },
    );
    await world.work();
    await world.syncRuns.save({ ...(await world.run(runId)), state: 'completed', endedAt: world.time });
    const step = await world.stepOf(runId, 900_001, 'accounts');
    world.takeMessages();

    const retried = await retryStep(world.deps, { ...command(), stepId: step.id });
    expect(retried).toMatchObject({ ok: true, value: { state: 'fetching', endedAt: null } });
    await world.work();

    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({ state: 'done', records: 8 });
    expect(await world.stepOf(runId, 900_001, 'deleted')).toMatchObject({ state: 'done' });
    expect(await world.administrations.findById(amsterdam.id)).toMatchObject({
      state: 'coupling',
      stateReason: null,
    });
    expect(await world.issues.findOpenCauseKeys('')).toEqual([]);
    expect((await world.run(runId)).state).toBe('comparing');
  });

  it('opens no run again for an organisation that is switched off (F82)', async () => {
    world.source.fail({ kind: 'right-missing', reason: 'x' }, { division: 900_002, kind: 'journals' });
    await world.work();
    const stepId = (await world.stepOf(runId, 900_002, 'journals')).id;
    await world.syncRuns.save({ ...(await world.run(runId)), state: 'completed', endedAt: world.time });
    world.syncRuns.turn('off');

    const retried = await retryStep(world.deps, { ...command(), stepId });

    expect(retried).toEqual({ ok: false, error: { kind: 'feature-not-enabled' } });
    expect(await world.run(runId)).toMatchObject({ state: 'completed' });
  });

  it('sends one message however often it is clicked (E05)', async () => {
    world.source.fail({ kind: 'right-missing', reason: 'x' }, { division: 900_002, kind: 'journals' });
    await world.work();
    const stepId = (await world.stepOf(runId, 900_002, 'journals')).id;
    const sent = world.outbox.kinds().length;
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => retryStep(world.deps, { ...command(), stepId })),
    );

    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(
      outcomes.filter((outcome) => !outcome.ok && outcome.error.kind === 'step-not-failed'),
    ).toHaveLength(9);
    expect(world.outbox.kinds()).toHaveLength(sent + 1);
  });

  it('refuses while another run is open', async () => {
    world.source.fail({ kind: 'right-missing', reason: 'x' }, { division: 900_002, kind: 'journals' });
    await world.work();
    await world.syncRuns.save({ ...(await world.run(runId)), state: 'completed' });
    const other = await world.start('resync');

    const stepId = (await world.stepOf(runId, 900_002, 'journals')).id;
    expect(await retryStep(world.deps, { ...command(), stepId })).toEqual({
      ok: false,
      error: { kind: 'sync-already-running', syncRunId: other },
    });
  });
});

describe('wakeConnection', () => {
  it('goes on with what waited for the reconnect, from the page where it stopped (E03)', async () => {
    world.source.fail(
      { kind: 'reconnect', reason: 'expired' },
      { division: 900_001, kind: 'accounts', afterPages: 1 },
    );
    const [message] = world.takeMessages();
    await world.step(message!);

    await wakeConnection(world.deps, { tenantId: world.tenantId, connectionId: amsterdam.connectionId });
    await world.work();

    expect(await world.issues.findOpenCauseKeys('')).toEqual([]);
    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({ state: 'done', records: 8 });
    expect(world.source.pagesOf(900_001, 'accounts')).toBe(3);
  });

  it('makes the next resync due: what happened meanwhile, and what stood aside for it, is fetched at once', async () => {
    const nextSyncAt = new Date(world.time.getTime() + 60 * 60_000);
    await world.administrations.save({ ...amsterdam, state: 'active', nextSyncAt });
    await wakeConnection(world.deps, { tenantId: world.tenantId, connectionId: amsterdam.connectionId });
    expect(await world.administrations.findById(amsterdam.id)).toMatchObject({ nextSyncAt: world.time });
  });

  it('makes the writes due that waited for the reconnect', async () => {
    const dueAt = new Date(world.time.getTime() + 30 * 60_000);
    const waiting = aWriteIntent({ administrationId: amsterdam.id, dueAt });
    await world.writeIntents.addMany([waiting]);

    await wakeConnection(world.deps, { tenantId: world.tenantId, connectionId: amsterdam.connectionId });

    expect(await world.writeIntents.findById(waiting.id)).toMatchObject({ dueAt: world.time });
    expect(world.outbox.messages().at(-1)).toEqual({ kind: 'send-write', intentId: waiting.id });
  });

  it('goes on at once with what waited for a refused token to become refreshable', async () => {
    const retryAt = new Date(world.time.getTime() + 9 * 60_000);
    world.source.fail(
      { kind: 'unavailable', reason: 'unauthorised', retryAt },
      { division: 900_001, kind: 'accounts' },
    );
    const [message] = world.takeMessages();
    await world.step(message!); // each administration sent one
    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({
      state: 'waiting',
      waitReason: 'retry',
    });

    await wakeConnection(world.deps, { tenantId: world.tenantId, connectionId: amsterdam.connectionId });
    await world.work();

    expect(await world.stepOf(runId, 900_001, 'accounts')).toMatchObject({ state: 'done' });
  });
});
