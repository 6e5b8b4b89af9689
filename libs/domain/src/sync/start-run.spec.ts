import { beforeEach, describe, expect, it } from 'vitest';
import { accessTrouble } from '../administrations/index.js';
import { asId, systemActor, type AdministrationId } from '../kernel/index.js';
import { anAccountRow, anAdministration, aSyncWorld, type SyncWorld } from '../testing/index.js';
import { startResync } from './start-resync.js';
import { startRun } from './start-run.js';

const due = new Date('2026-11-25T08:59:00Z');
const amsterdam = anAdministration({ division: 900_001, state: 'active', position: 1, nextSyncAt: due });
const utrecht = anAdministration({
  division: 900_002,
  state: 'active',
  position: 2,
  nextSyncAt: new Date('2026-11-25T09:30:00Z'),
});
const zwolle = anAdministration({ division: 900_003, state: 'paused', position: 3, nextSyncAt: due });

let world: SyncWorld;
beforeEach(() => {
  world = aSyncWorld([amsterdam, utrecht, zwolle]);
});
const start = (administrationIds: readonly AdministrationId[]) =>
  startRun(world.deps, {
    tenantId: world.tenantId,
    kind: 'initial',
    trigger: 'person',
    actor: systemActor,
    administrationIds,
  });
const resync = (over: { administrationIds?: readonly AdministrationId[]; isOnlyDue?: boolean } = {}) =>
  startResync(world.deps, { tenantId: world.tenantId, trigger: 'schedule', actor: systemActor, ...over });

describe('startRun', () => {
  it('sends one message per administration, for the first of its steps', async () => {
    const started = await start([amsterdam.id, utrecht.id, utrecht.id]);
    if (!started.ok) throw new Error(started.error.kind);

    const steps = await world.syncSteps.findMany(started.value.runId);
    expect(steps).toHaveLength(2 * 11 + 1);
    expect(world.outbox.kinds()).toEqual(['run-step', 'run-step']);
    expect(world.syncRuns.events).toMatchObject([{ key: 'run-started' }]);
  });

  it('refuses while another run is open, with its id, and sends nothing (J01)', async () => {
    const first = await start([amsterdam.id]);
    const sent = world.outbox.kinds().length;

    const second = await start([utrecht.id]);

    if (!first.ok) throw new Error(first.error.kind);
    expect(second).toEqual({
      ok: false,
      error: { kind: 'sync-already-running', syncRunId: first.value.runId },
    });
    expect(world.outbox.kinds()).toHaveLength(sent);
  });

  it('starts nothing for an organisation that is switched off (F82)', async () => {
    world.syncRuns.turn('off');
    expect(await start([amsterdam.id])).toEqual({ ok: false, error: { kind: 'feature-not-enabled' } });
    expect(await resync()).toEqual({ ok: false, error: { kind: 'feature-not-enabled' } });
    expect(world.syncRuns.all()).toEqual([]);
    expect(world.outbox.kinds()).toEqual([]);
  });

  it('leaves nothing behind when an administration is unknown', async () => {
    const unknown = asId<AdministrationId>('00000000-0000-7000-8000-00000000dead');

    expect(await start([amsterdam.id, unknown])).toEqual({
      ok: false,
      error: { kind: 'administration-unknown' },
    });
    expect(world.syncRuns.all()).toEqual([]);
    expect(world.outbox.kinds()).toEqual([]);
  });
});

describe('startResync', () => {
  it('takes all active administrations when none is named', async () => {
    const started = await resync();
    if (!started.ok || !started.value.runId) throw new Error('not started');

    const steps = await world.syncSteps.findMany(started.value.runId);
    expect(new Set(steps.map((step) => step.administrationId))).toEqual(
      new Set([amsterdam.id, utrecht.id, null]),
    );
    expect(await world.run(started.value.runId)).toMatchObject({ kind: 'resync', trigger: 'schedule' });
  });

  it('takes on schedule only what is due, and nothing is a fine answer', async () => {
    const started = await resync({ isOnlyDue: true });
    if (!started.ok || !started.value.runId) throw new Error('not started');
    const steps = await world.syncSteps.findMany(started.value.runId);
    expect(steps.filter((step) => step.kind === 'accounts').map((step) => step.administrationId)).toEqual([
      amsterdam.id,
    ]);

    const idle = aSyncWorld([utrecht]);
    const none = await startResync(idle.deps, {
      tenantId: idle.tenantId,
      trigger: 'schedule',
      actor: systemActor,
      isOnlyDue: true,
    });
    expect(none).toEqual({ ok: true, value: { runId: null } });
  });

  it('never overlaps another one (J04)', async () => {
    await resync({ isOnlyDue: true });
    expect(await resync({ isOnlyDue: true })).toMatchObject({
      ok: false,
      error: { kind: 'sync-already-running' },
    });
  });

  it('tries one whose access was lost when it is named, and it goes on where access came back', async () => {
    const lost = { ...amsterdam, state: 'access-lost', activatedAt: world.time } as const;
    await world.administrations.save(lost);
    world.source.of(900_001).accounts = [anAccountRow(1)];
    await world.issues.report([accessTrouble(lost.id, { reason: 'NoDivisionAccess' })], world.time);

    expect(await resync({ administrationIds: [lost.id] })).toMatchObject({ ok: true });
    await world.work();

    expect(await world.administrations.findById(lost.id)).toMatchObject({ state: 'active' });
    expect(await world.issues.findOpenCauseKeys('')).toEqual([]);
  });

  it('does not try one that lost its access while it was being coupled anew: that goes on with its addition', async () => {
    const activatedAt = new Date(world.time.getTime() - 1);
    const lost = { ...amsterdam, state: 'access-lost', activatedAt, selectedAt: world.time } as const;
    await world.administrations.save(lost);

    expect(await resync({ administrationIds: [lost.id] })).toMatchObject({
      error: { kind: 'administration-unknown' },
    });
  });

  it('refuses an administration that is not active, a coupling that is not, and a broken connection', async () => {
    expect(await resync({ administrationIds: [zwolle.id] })).toEqual({
      ok: false,
      error: { kind: 'administration-unknown' },
    });
    world.syncPolicy.set({ brokenConnectionIds: [amsterdam.connectionId] });
    expect(await resync()).toEqual({ ok: false, error: { kind: 'connection-broken' } });
    world.syncPolicy.set({ isActive: false });
    expect(await resync()).toEqual({ ok: false, error: { kind: 'wrong-step' } });
    expect(world.outbox.kinds()).toEqual([]);
  });
});
