import { beforeEach, describe, expect, it } from 'vitest';
import { asId, systemActor, type Message, type SyncRunId } from '../kernel/index.js';
import { anAccountRow, anAdministration, aSyncStep, aSyncWorld, type SyncWorld } from '../testing/index.js';
import { openRun } from './open-run.js';
import { retryStep } from './retry-step.js';
import { cancelOpenRun } from './steer-run.js';
import type { SourceFault } from './source-fault.js';

const hourMs = 3_600_000;
const amsterdam = anAdministration({ division: 900_001, state: 'active', position: 1 });
const utrecht = anAdministration({ division: 900_002, state: 'active', position: 2 });

let world: SyncWorld;
beforeEach(() => {
  world = aSyncWorld([amsterdam, utrecht]);
  world.source.of(900_001).accounts = [anAccountRow(1), anAccountRow(2)];
  world.source.of(900_002).accounts = [anAccountRow(3)];
});

const later = (ms: number) => new Date(world.time.getTime() + ms);
const limited = (ms: number): SourceFault => ({ kind: 'limited', until: later(ms), window: 'day' });

/** Handles every message as far as it goes without waiting; what waits is put back. */
async function workNow(messages: Message[] = world.takeMessages()): Promise<Message[]> {
  const waiting: Message[] = [];
  for (const message of messages.filter(({ kind }) => kind === 'run-step')) {
    let next: Message | null = message;
    while (next?.kind === 'run-step') {
      const current: Extract<Message, { kind: 'run-step' }> = next;
      const outcome = await world.step(current);
      if (outcome.kind === 'waiting') waiting.push(current);
      next =
        outcome.kind === 'ended' && outcome.nextStepId ? { ...current, stepId: outcome.nextStepId } : null;
    }
  }
  return waiting;
}

async function complete(runId: SyncRunId): Promise<void> {
  await workNow();
  await world.syncRuns.save({ ...(await world.run(runId)), state: 'completed' });
}

describe('an administration that has to wait long in a resync', () => {
  it.each<[string, () => SourceFault]>([
    ['the limit of the day', () => limited(8 * hourMs)],
    ['a closed endpoint', () => ({ kind: 'suspended', until: later(hourMs), status: 'sync/CRM/Accounts' })],
    ['an Exact that answers nobody', () => ({ kind: 'silent', until: later(hourMs) })],
    ['a new consent', () => ({ kind: 'reconnect', reason: 'old-refresh-token' })],
    [
      'an outage that tells how long it lasts',
      () => ({ kind: 'unavailable', retryAt: later(hourMs), reason: 'HTTP 503' }),
    ],
  ])(
    'stands aside for %s once the others are fetched, and the next resync has all of it (F30, F31, F45)',
    async (_, fault) => {
      world.source.fail(fault(), { division: 900_001, kind: 'accounts' });
      const runId = await world.start('resync');

      await workNow();

      expect((await world.run(runId)).state).toBe('comparing');
      expect(world.sourceStore.all()).toHaveLength(1);
      const step = await world.stepOf(runId, 900_001, 'accounts');
      expect(step).toMatchObject({ state: 'skipped', endedAt: world.time, failure: { kind: 'stood-aside' } });
      expect(world.syncRuns.events.filter(({ key }) => key === 'stood-aside')).toMatchObject([
        { administrationId: amsterdam.id },
      ]);
      expect((await world.stepOf(runId, 900_001, 'deleted')).state).toBe('skipped');

      await world.syncRuns.save({ ...(await world.run(runId)), state: 'completed' });
      await world.start('resync');
      await workNow();
      expect(world.sourceStore.all()).toHaveLength(3);
    },
  );

  it('does so too when it comes to wait after the others are done', async () => {
    world.source.fail(limited(8 * hourMs), { division: 900_002, kind: 'contacts' });
    const runId = await world.start('resync');
    await workNow();
    expect((await world.run(runId)).state).toBe('comparing');
    expect(await world.stepOf(runId, 900_002, 'accounts')).toMatchObject({ state: 'done' });
    expect(await world.stepOf(runId, 900_002, 'contacts')).toMatchObject({ state: 'skipped' });
  });

  it('is waited for when it is soon over', async () => {
    world.source.fail(
      { kind: 'limited', until: later(59_000), window: 'minute' },
      { division: 900_001, kind: 'accounts' },
    );
    const runId = await world.start('resync');
    const waiting = await workNow();
    expect((await world.run(runId)).state).toBe('fetching');
    world.advance(60_000);
    await workNow(waiting);
    expect((await world.run(runId)).state).toBe('comparing');
    expect(world.sourceStore.all()).toHaveLength(3);
  });

  it('is waited for in a first coupling, which needs all of them', async () => {
    world.source.fail(limited(8 * hourMs), { division: 900_001, kind: 'accounts' });
    const runId = await world.start('initial');
    const waiting = await workNow();
    expect((await world.run(runId)).state).toBe('fetching');
    expect(waiting).toHaveLength(1);
  });

  describe('because it is added to others', () => {
    async function anAddition(): Promise<{ runId: SyncRunId; waiting: Message[] }> {
      await world.administrations.save({ ...amsterdam, state: 'coupling' });
      world.source.fail(limited(8 * hourMs), { division: 900_001, kind: 'contacts' });
      const runId = await world.start('addition', [amsterdam.id]);
      return { runId, waiting: await workNow() };
    }

    it('lets the others be resynced meanwhile, and then goes on where it was (F30, F31, F45)', async () => {
      const { runId, waiting } = await anAddition();
      expect((await world.run(runId)).state).toBe('aside');
      const resync = await world.start('resync', [utrecht.id]);
      expect(world.sourceStore.all()).toHaveLength(2);

      world.advance(8 * hourMs);
      expect(await workNow(waiting)).toHaveLength(1); // the resync has the place
      const step = await world.stepOf(runId, 900_001, 'contacts');
      expect(step).toMatchObject({ state: 'waiting', dueAt: later(10_000) });

      await complete(resync);
      expect(world.sourceStore.all()).toHaveLength(3);
      world.advance(10_000);
      const fetched = await world.stepOf(runId, 900_001, 'accounts');
      await workNow(waiting);
      expect((await world.run(runId)).state).toBe('comparing');
      expect(await world.stepOf(runId, 900_001, 'accounts')).toEqual(fetched);
    });

    it('is waited for while nobody else is active', async () => {
      await world.administrations.save({ ...utrecht, state: 'paused' });
      const { runId } = await anAddition();
      expect((await world.run(runId)).state).toBe('fetching');
    });

    it('can be cancelled, and ends when the organisation is switched off', async () => {
      const { runId } = await anAddition();
      await cancelOpenRun(world.deps, { tenantId: world.tenantId });
      expect((await world.run(runId)).state).toBe('cancelled');
    });

    it('is the only addition: none is begun beside it nor opened again, and should there be two, both end', async () => {
      const { runId } = await anAddition();
      const run = await world.run(runId);
      const command = { ...run, actor: systemActor, administrationIds: [amsterdam.id] };
      const begun = await world.uow.run(world.tenantId, (tx) => openRun(tx, world.deps, command));
      expect(begun).toEqual({ ok: false, error: { kind: 'sync-already-running', syncRunId: runId } });

      const earlier = { ...run, id: asId<SyncRunId>('00000000-0000-7000-8000-0000000000a9') };
      await world.syncRuns.add({ ...earlier, state: 'cancelled', endedAt: world.time });
      const step = aSyncStep({ runId: earlier.id, administrationId: amsterdam.id, state: 'failed' });
      await world.syncSteps.addMany([step]);
      const at = { tenantId: world.tenantId, runId: earlier.id, stepId: step.id };
      expect(await retryStep(world.deps, at)).toEqual(begun);

      await world.syncRuns.save({ ...earlier, state: 'aside' });
      await cancelOpenRun(world.deps, { tenantId: world.tenantId });
      expect(world.syncRuns.all().map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    });
  });

  it('is waited for while nobody is held up, and ends its run where somebody is', async () => {
    for (const state of ['paused', 'active'] as const) {
      await world.administrations.save({ ...utrecht, state });
      world.source.fail(limited(8 * hourMs), { division: 900_001, kind: 'accounts' });
      const runId = await world.start('resync', [amsterdam.id]);
      await workNow();
      const run = await world.run(runId);
      expect([state, run.state]).toEqual([state, state === 'paused' ? 'fetching' : 'cancelled']);
      await world.syncRuns.save({ ...run, state: 'cancelled' });
    }
  });

  it.each([
    [
      'after its division was moved',
      () => world.administrations.save({ ...amsterdam, movedAt: '2026-11-25|' }),
    ],
    [
      'because its last proof failed',
      async () => {
        await world.cursors.remove(amsterdam.id, 'accounts');
        world.source.countIs = 7; // another number than was met
        await complete(await world.start('resync'));
        world.source.countIs = null;
      },
    ],
  ])('reads everything again when it stood aside while it did so %s (E10, E11, I8)', async (_, make) => {
    world.source.of(900_001).accounts = [anAccountRow(1), anAccountRow(2), anAccountRow(4)];
    await complete(await world.start('initial'));
    world.source.of(900_001).accounts = [anAccountRow(1), anAccountRow(2)]; // and no log tells of the third
    await make();
    world.source.fail(limited(8 * hourMs), { division: 900_001, kind: 'contacts' });
    await complete(await world.start('resync'));
    expect(await world.sourceStore.countPresent(amsterdam.id)).toBe(3);

    await complete(await world.start('resync'));
    expect(await world.sourceStore.countPresent(amsterdam.id)).toBe(2);
    expect(
      world.issues.all().filter(({ cause, state }) => cause === 'deletions-unproven' && state === 'open'),
    ).toEqual([]);
  });
});
