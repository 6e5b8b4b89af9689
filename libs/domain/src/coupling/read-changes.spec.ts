import { describe, expect, it } from 'vitest';
import type { Administration, Connection } from '../administrations/index.js';
import { aConnection, aCouplingRunWorld, anAdministration } from '../testing/index.js';
import type { Coupling } from './coupling.js';
import { readChanges } from './read-changes.js';
import { isReadLately, readLatelyMs, readSince } from './read-lately.js';

const activatedAt = new Date('2026-01-01T00:00:00Z');
const joining = anAdministration({ division: 1, state: 'coupling' });
const active = anAdministration({ division: 2, state: 'active', activatedAt });

function aWorld(
  of: {
    coupling?: Partial<Coupling>;
    administrations?: readonly Administration[];
    connections?: readonly Connection[];
  } = {},
) {
  const world = aCouplingRunWorld({
    coupling: { step: 'settings', contactHandling: 'automatic', ...of.coupling },
    administrations: of.administrations ?? [joining, active],
    connections: of.connections ?? [aConnection()],
  });
  return { ...world, read: () => readChanges(world.deps, world) };
}

describe('readChanges', () => {
  it.each(['match', 'settings'] as const)(
    'compares by what changed in all that take part, at the step %s',
    async (step) => {
      const world = aWorld({ coupling: { step } });
      const started = await world.read();

      const [run] = world.syncRuns.all();
      expect(started).toEqual({ ok: true, value: { runId: run?.id } });
      expect(run).toMatchObject({ kind: 'resync', trigger: 'person', startedByName: 'Anneke' });
      expect(world.outbox.kinds()).toEqual(['run-step', 'run-step']);
      expect(await world.couplings.find()).toMatchObject({ step, version: 1 });
    },
  );

  it('leaves those that are active to their own resyncs while others are added', async () => {
    const world = aWorld({ coupling: { activatedAt } });
    expect(await world.read()).toMatchObject({ ok: true });
    const steps = await world.syncSteps.findMany(world.syncRuns.all()[0]!.id);
    expect(new Set(steps.map(({ administrationId }) => administrationId))).toEqual(
      new Set([joining.id, null]),
    );
  });

  it('starts nothing beside another run, and tells which', async () => {
    const world = aWorld();
    const [first, second] = await Promise.all([world.read(), world.read()]);
    const syncRunId = first.ok ? first.value.runId : undefined;
    expect(second).toEqual({ ok: false, error: { kind: 'sync-already-running', syncRunId } });
  });

  it.each(['synchronise', 'active'] as const)('is out of turn at the step %s', async (step) => {
    expect(await aWorld({ coupling: { step } }).read()).toEqual({
      ok: false,
      error: { kind: 'wrong-step', step },
    });
  });

  it('needs a connection, and the feature', async () => {
    expect(await aWorld({ connections: [] }).read()).toMatchObject({ error: { kind: 'connection-broken' } });
    const world = aWorld();
    world.syncRuns.turn('off');
    expect(await world.read()).toMatchObject({ error: { kind: 'feature-not-enabled' } });
    expect(world.syncRuns.all()).toEqual([]);
  });
});

describe('what was read', () => {
  it('is as old as what was read longest ago, and of no age where nothing was read whole', () => {
    const [early, late] = [activatedAt, new Date(activatedAt.getTime() + 1)];
    expect(readSince([{ lastSyncedAt: late }, { lastSyncedAt: early }, { lastSyncedAt: null }])).toEqual(
      early,
    );
    expect(readSince([{ lastSyncedAt: null }])).toBeNull();
    expect(isReadLately(null, late)).toBe(true);
  });

  it('is read lately for an hour', () => {
    const after = (ms: number) => new Date(activatedAt.getTime() + ms);
    expect(isReadLately(activatedAt, after(readLatelyMs))).toBe(true);
    expect(isReadLately(activatedAt, after(readLatelyMs + 1))).toBe(false);
  });
});
