import { beforeEach, describe, expect, it } from 'vitest';
import { asId, type SyncRunId } from '../kernel/index.js';
import { aRelationsWorld, aSourceRelation, aSyncRun, idOf, type RelationsWorld } from '../testing/index.js';
import { createEverywhere, createsPerRunMax } from './create-everywhere.js';
import { readPlanCreates } from './plan-creates.js';

let world: RelationsWorld;
const runId = asId<SyncRunId>(idOf(700));

beforeEach(async () => {
  world = aRelationsWorld(3);
  world.syncPolicy.set({ accountCreation: 'always' });
  await world.sync([account(1, 'De Oude Eik B.V.')], { runKind: 'initial' });
  await world.syncRuns.add(
    aSyncRun({ id: runId, kind: 'resync', startedAt: new Date(world.deps.now().getTime() + 60_000) }),
  );
});

function account(id: number, name: string, company = 0) {
  const administrationId = world.companies[company]!.id; // three
  return aSourceRelation({ id: idOf(id), administrationId, shared: { name, phone: `0318-${100_000 + id}` } });
}
const run = () => createEverywhere(world.deps, { tenantId: world.tenantId, runId });
const creates = () =>
  world.writeIntents.all().map(({ kind, administrationId, patch }) => [kind, administrationId, patch.name]);

describe('a relation that a resync brought, where accounts are always made', () => {
  it('gets one in every other active administration, once; who was there before is made on first use', async () => {
    await world.sync([account(2, 'Nieuwe Linde B.V.')]);
    const [, second, third] = world.companies;
    await world.administrations.save({ ...third!, state: 'paused' });
    expect(await run()).toBe(1);
    expect(await run()).toBe(0);
    expect(creates()).toEqual([['create', second!.id, 'Nieuwe Linde B.V.']]);
    expect(world.outbox.kinds().filter((kind) => kind === 'send-write')).toHaveLength(1);
  });

  it.each([
    ['a resync that ended well: a later one failed', 'resync', 2],
    ['an addition: of what that brought the plan decided', 'addition', 0],
  ] as const)('also gets one when it came to be since %s', async (_, kind, count) => {
    const last = { id: asId<SyncRunId>(idOf(701)), kind, state: 'completed' } as const;
    const begun = world.deps.now();
    const endedAt = new Date(begun.getTime() + (kind === 'resync' ? 60_000 : 0));
    await world.syncRuns.save(aSyncRun({ ...last, startedAt: begun, endedAt }));
    await world.sync([account(2, 'Nieuwe Linde B.V.')]);
    const later = new Date(begun.getTime() + 3_600_000);
    await world.syncRuns.save(aSyncRun({ id: runId, kind: 'resync', startedAt: later }));
    expect(await run()).toBe(count);
  });

  it.each([
    ['on first use', () => world.syncPolicy.set({ accountCreation: 'first-use' })],
    ['before the coupling is active', () => world.syncPolicy.set({ isActive: false })],
    ['while contacts are frozen', () => void (world.freeze.isSet = true)],
  ])('gets none %s', async (_, make) => {
    make();
    await world.sync([account(2, 'Nieuwe Linde B.V.')]);
    expect(await run()).toBe(0);
    expect(creates()).toEqual([]);
  });

  it('makes no more than a bound per run: an import somewhere is no reason to fill all others', async () => {
    const many = Array.from({ length: createsPerRunMax }, (_, number) =>
      account(number + 10, `Bedrijf Nr${number}x B.V.`),
    );
    await world.sync(many);
    expect(await run()).toBe(createsPerRunMax);
    const told = () => world.syncRuns.events.map(({ key, params }) => [key, params]);
    expect(told()).toEqual([['creates-left', { records: createsPerRunMax }]]);
    expect(await run()).toBe(0); // repeated after a crash
    expect(creates()).toHaveLength(createsPerRunMax);
    expect(told()).toHaveLength(1);
  });
});

describe('the accounts of a plan', () => {
  it('are read a few thousand at a time, however many administrations lack them', async () => {
    world = aRelationsWorld(40);
    world.syncPolicy.set({ accountCreation: 'always' });
    const many = Array.from({ length: 140 }, (_, number) =>
      account(number + 10, `Bedrijf Nr${number}x B.V.`),
    );
    await world.sync(many, { runKind: 'initial' });
    const { tenantId } = world;
    const first = await readPlanCreates(world.deps, { tenantId, after: null });
    const rest = await readPlanCreates(world.deps, { tenantId, after: first.next });
    expect(first.creates.length).toBeLessThanOrEqual(5_000);
    expect([first.creates.length + rest.creates.length, rest.next]).toEqual([140 * 39, null]);
  });
});
