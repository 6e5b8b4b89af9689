import { describe, expect, it } from 'vitest';
import type { Administration, Connection } from '../administrations/index.js';
import { aConnection, aCouplingRunWorld, anAdministration } from '../testing/index.js';
import { confirmCoupling } from './confirm-coupling.js';
import type { Coupling } from './coupling.js';
import { finishSynchronise } from './finish-synchronise.js';

const a = anAdministration({ division: 1, state: 'selected', code: '001' });
const b = anAdministration({ division: 2, state: 'selected', code: '002' });

function aWorld(
  of: {
    coupling?: Partial<Coupling>;
    administrations?: readonly Administration[];
    connections?: readonly Connection[];
  } = {},
) {
  const world = aCouplingRunWorld({
    coupling: { step: 'configure', contactHandling: 'automatic', ...of.coupling },
    administrations: of.administrations ?? [a, b],
    connections: of.connections ?? [aConnection()],
  });
  const confirm = () => confirmCoupling(world.deps, { ...world, text: 'Ik bevestig' });
  const finish = () => finishSynchronise(world.deps, world);
  return { ...world, confirm, finish };
}

describe('confirmCoupling', () => {
  it('records who confirmed which words, freezes, and starts one run over all that takes part', async () => {
    const world = aWorld();
    const confirmed = await world.confirm();

    const [run] = world.syncRuns.all();
    expect(confirmed).toEqual({ ok: true, value: { runId: run?.id } });
    expect(run).toMatchObject({ kind: 'initial', trigger: 'person', startedByName: 'Anneke' });
    expect(await world.couplings.find()).toMatchObject({
      step: 'synchronise',
      runId: run?.id,
      frozenSince: world.clock.now,
      confirmation: { byName: 'Anneke', at: world.clock.now, text: 'Ik bevestig' },
    });
    expect((await world.administrations.findMany()).map((one) => one.state)).toEqual([
      'coupling',
      'coupling',
    ]);
    expect(world.outbox.kinds()).toEqual(['run-step', 'run-step']);
  });

  it('J01: starts nothing the second time, and tells which run is going', async () => {
    const world = aWorld();
    const [first, second] = await Promise.all([world.confirm(), world.confirm()]);
    const runId = first.ok ? first.value.runId : '';

    expect(second).toEqual({ ok: false, error: { kind: 'sync-already-running', syncRunId: runId } });
    expect(world.syncRuns.all()).toHaveLength(1);
    expect(world.outbox.kinds()).toEqual(['run-step', 'run-step']);
  });

  it('freezes and starts nothing for an organisation that is switched off (F82)', async () => {
    const world = aWorld();
    world.syncRuns.turn('off');
    expect(await world.confirm()).toEqual({ ok: false, error: { kind: 'feature-not-enabled' } });
    expect(world.syncRuns.all()).toEqual([]);
    expect(await world.couplings.find()).toMatchObject({ step: 'configure' });
  });

  it('takes in an administration that was coupled alone before, and leaves it active', async () => {
    const coupled = anAdministration({ division: 3, state: 'active', code: '050' });
    const world = aWorld({ administrations: [coupled, a] });
    await world.confirm();
    expect(world.outbox.kinds()).toHaveLength(2);
    expect(await world.administrations.findById(coupled.id)).toEqual(coupled);
  });

  it('compares only what was added to an active coupling', async () => {
    const coupled = anAdministration({ division: 3, state: 'active', code: '050' });
    const world = aWorld({ coupling: { activatedAt: new Date() }, administrations: [coupled, a] });
    await world.confirm();
    expect(world.syncRuns.all()).toMatchObject([{ kind: 'addition' }]);
    expect(world.outbox.kinds()).toEqual(['run-step']);
  });

  it.each<{ name: string; of: Parameters<typeof aWorld>[0]; missing: string[] }>([
    {
      name: 'the contact handling',
      of: { coupling: { contactHandling: null } },
      missing: ['contactHandling'],
    },
    { name: 'a code', of: { administrations: [a, { ...b, code: null }] }, missing: [`code:${b.id}`] },
    {
      name: 'access to one of them',
      of: { administrations: [a, { ...b, unavailableReason: 'no-rights' }] },
      missing: [`access:${b.id}`],
    },
    { name: 'anything to couple', of: { administrations: [] }, missing: ['administrations'] },
  ])('is refused without $name, and freezes nothing', async ({ of, missing }) => {
    const world = aWorld(of);
    expect(await world.confirm()).toEqual({
      ok: false,
      error: { kind: 'configuration-incomplete', missing },
    });
    expect(await world.couplings.find()).toMatchObject({ step: 'configure', frozenSince: null });
    expect(world.syncRuns.all()).toEqual([]);
  });

  it('is refused while the consent is broken', async () => {
    const world = aWorld({ connections: [aConnection({ state: 'reauth-required' })] });
    expect(await world.confirm()).toEqual({ ok: false, error: { kind: 'connection-broken' } });
  });
});

describe('finishSynchronise', () => {
  it('goes on when the run has compared everything and nothing blocks', async () => {
    const world = aWorld();
    await world.confirm();
    expect(await world.finish()).toEqual({ ok: false, error: { kind: 'wrong-step', step: 'synchronise' } });
    const [run] = world.syncRuns.all();
    if (run) await world.syncRuns.save({ ...run, state: 'completed' });

    const blocking = { cause: 'fetch-failed', causeKey: 'x', administrationId: null, params: {} } as const;
    await world.issues.report([blocking], world.clock.now);
    expect(await world.finish()).toEqual({ ok: false, error: { kind: 'blocking-issues-open', count: 1 } });
    await world.issues.resolve(['x'], world.clock.now, 'Anneke');

    expect(await world.finish()).toMatchObject({ ok: true, value: { step: 'match' } });
    expect((await world.couplings.findStepLog()).map((one) => one.step)).toEqual([
      'configure',
      'synchronise',
    ]);
  });
});
