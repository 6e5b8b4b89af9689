import { describe, expect, it } from 'vitest';
import { asId } from '../kernel/index.js';
import { anAddress, aRelationsWorld, aSourceRelation, aWriteIntent, idOf } from '../testing/index.js';
import { applyPlan } from './apply-plan.js';
import { readPlanPage } from './plan-pages.js';
import { planWrites } from './plan-writes.js';
import { callsPerUpdate, planRates } from './write-pace.js';

const updatesAtOnce = planRates.atOnce / callsPerUpdate;

async function coupledWorld() {
  const world = aRelationsWorld(3, { state: 'coupling' });
  const [a, b, c] = world.companies.map(({ id }) => id);
  const eik = { name: 'De Eik B.V.', kvk: '99000031' };
  await world.sync(
    [
      aSourceRelation({
        id: idOf(1),
        administrationId: a!,
        shared: { ...eik, address: anAddress('Kade 9') },
      }),
      aSourceRelation({
        id: idOf(2),
        administrationId: b!,
        shared: { ...eik, address: anAddress('Hof 3'), phone: '0200000012' },
      }),
      aSourceRelation({
        id: idOf(3),
        administrationId: c!,
        shared: { name: 'Anders B.V.', kvk: '99000099' },
      }),
    ],
    { runKind: 'initial' },
  );
  return world;
}

describe('planWrites', () => {
  it('lists what each administration would be told, and writes nothing (product.md 3.19)', async () => {
    const world = await coupledWorld();
    const [a, b, c] = world.companies.map(({ id }) => id);

    const plan = await planWrites(world.deps, { tenantId: world.tenantId, updatesMax: 10 });

    expect(Object.fromEntries(plan.accounts)).toEqual({ [a!]: 1, [b!]: 1, [c!]: 0 });
    expect(
      plan.updates.map(({ administrationId, field, from, to }) => [administrationId, field, from, to]),
    ).toEqual([
      [a, 'phone', null, '0200000012'],
      [b, 'address', anAddress('Hof 3'), anAddress('Kade 9')],
    ]);
    expect(plan.isCut).toBe(false);
    expect(world.writeIntents.all()).toEqual([]);
  });

  it('cuts a long list and says so', async () => {
    const world = await coupledWorld();

    const plan = await planWrites(world.deps, { tenantId: world.tenantId, updatesMax: 1 });

    expect(plan.updates).toHaveLength(1);
    expect(plan.isCut).toBe(true);
  });

  it('leaves a blocked account’s value alone where nobody else says anything', async () => {
    const world = aRelationsWorld(2, { state: 'coupling' });
    const [a, b] = world.companies.map(({ id }) => id);
    const shared = { name: 'De Eik B.V.', kvk: '99000031' };
    await world.sync(
      [
        aSourceRelation({ id: idOf(1), administrationId: a!, shared }),
        aSourceRelation({
          id: idOf(2),
          administrationId: b!,
          shared: { ...shared, phone: '1' },
          local: { isBlocked: true },
        }),
      ],
      { runKind: 'initial' },
    );

    const plan = await planWrites(world.deps, { tenantId: world.tenantId, updatesMax: 10 });

    expect(plan.updates).toEqual([]);
  });
});

describe('the fingerprint of a plan', () => {
  const fingerprintOf = async (world: Awaited<ReturnType<typeof coupledWorld>>) =>
    (await planWrites(world.deps, { tenantId: world.tenantId, updatesMax: 0 })).fingerprint;
  const edit = async (world: Awaited<ReturnType<typeof coupledWorld>>, phone: string | null) => {
    const [, b] = world.companies.map(({ id }) => id);
    const shared = { name: 'De Eik B.V.', kvk: '99000031', address: anAddress('Hof 3'), phone };
    await world.sync([aSourceRelation({ id: idOf(2), administrationId: b!, shared })], { runKind: 'resync' });
  };

  it('is the same for the same plan, and another when a value changed since', async () => {
    const world = await coupledWorld();
    const first = await fingerprintOf(world);
    expect(await fingerprintOf(world)).toBe(first);
    expect(first).toMatch(/^[0-9a-f]{28}$/);
    await edit(world, '0200000099');
    expect(await fingerprintOf(world)).not.toBe(first);
  });

  it('is another once an administration keeps a field to itself that would be written there', async () => {
    const world = await coupledWorld();
    const [a] = world.companies;
    const first = await fingerprintOf(world);
    await world.administrations.save({ ...a!, writePolicy: { localFields: ['website'] } }); // says nothing there
    expect(await fingerprintOf(world)).toBe(first);
    await world.administrations.save({ ...a!, writePolicy: { localFields: ['phone'] } });
    expect(await fingerprintOf(world)).not.toBe(first);
  });
});

describe('the order of administrations', () => {
  const moveLast = async (world: Awaited<ReturnType<typeof coupledWorld>>) => {
    const [a] = world.companies;
    const print = async () =>
      (await planWrites(world.deps, { tenantId: world.tenantId, updatesMax: 0 })).fingerprint;
    const first = await print();
    await world.administrations.save({ ...a!, position: 99 });
    return { first, last: await print() };
  };

  it('makes another plan where accounts are made: what follows these comes from the first', async () => {
    const world = await coupledWorld();
    world.syncPolicy.set({ accountCreation: 'always' });
    const { first, last } = await moveLast(world);
    expect(last).not.toBe(first);
  });

  it('is nothing that the plan says elsewhere', async () => {
    const { first, last } = await moveLast(await coupledWorld());
    expect(last).toBe(first);
  });
});

describe('readPlanPage', () => {
  it('gives what the plan lists, uncut', async () => {
    const world = await coupledWorld();
    const { tenantId } = world;
    const { updates } = await planWrites(world.deps, { tenantId, updatesMax: 100 });
    expect(await readPlanPage(world.deps, { tenantId, after: null })).toEqual({ updates, next: null });
  });
});

describe('applyPlan', () => {
  /** Relations of which the first `updates` have an account in `b` too, which says something else. */
  async function aLargeWorld({ updates, creates = 0 }: { updates: number; creates?: number }) {
    const world = aRelationsWorld(2, { state: 'coupling' });
    const [a, b] = world.companies.map(({ id }) => id);
    const accounts = Array.from({ length: updates + creates }, (_, number) =>
      aSourceRelation({
        ...{ id: idOf(number + 1), administrationId: a! }, // there are two companies
        shared: { name: `Bedrijf ${number}`, phone: `02000${10_000 + number}` },
      }),
    );
    await world.sync(accounts, { runKind: 'initial' });
    for (const [number, account] of accounts.slice(0, updates).entries()) {
      const shared = { ...account.fields.shared, phone: '1' };
      const twin = aSourceRelation({ id: idOf(1_000 + number), administrationId: b!, shared });
      world.sourceRelations.put(twin);
      const [link] = await world.links.findOfSources([account.id]);
      await world.links.putMany([{ ...link!, sourceRelationId: twin.id }]);
    }
    return world;
  }

  it('lets many updates go at a pace, and sends word of those that go at once (F31, F95)', async () => {
    const count = updatesAtOnce + 2;
    const world = await aLargeWorld({ updates: count });
    const now = world.deps.now();
    await applyPlan(world.uow.tx, { newId: world.deps.newId, now, byName: 'Anna', purpose: 'plan' });

    const waits = world.writeIntents.all().map(({ dueAt }) => dueAt.getTime() - now.getTime());
    expect(waits).toHaveLength(count);
    expect(waits.filter((wait) => wait === 0)).toHaveLength(updatesAtOnce);
    expect(waits.slice(-2)).toEqual([60_000, 60_000]);
    expect(world.outbox.kinds().filter((kind) => kind === 'send-write')).toHaveLength(updatesAtOnce);
  });

  it('lets new accounts go behind the updates of their administration: both take of its calls (F31, F95)', async () => {
    const world = await aLargeWorld({ updates: updatesAtOnce, creates: 2 });
    world.syncPolicy.set({ accountCreation: 'always' });
    const now = world.deps.now();
    await applyPlan(world.uow.tx, { newId: world.deps.newId, now, byName: 'Anna', purpose: 'plan' });

    const waits = world.writeIntents
      .all()
      .map(({ kind, dueAt }) => `${kind} ${dueAt.getTime() - now.getTime()}`);
    expect(new Set(waits)).toEqual(new Set(['update 0', 'create 60000']));
    expect(waits).toHaveLength(updatesAtOnce + 2);
    expect(world.outbox.kinds().filter((kind) => kind === 'send-write')).toHaveLength(updatesAtOnce);
  });

  it('begins behind what an earlier plan still has to write in the administration: two plans keep one pace (F31, F95)', async () => {
    const world = await aLargeWorld({ updates: 2 });
    const [open] = world.companies.slice(1);
    await world.writeIntents.addMany(
      Array.from({ length: updatesAtOnce - 1 }, (_, number) =>
        aWriteIntent({ id: asId(idOf(5_000 + number)), administrationId: open!.id, purpose: 'plan' }),
      ),
    );
    const now = world.deps.now();
    await applyPlan(world.uow.tx, { newId: world.deps.newId, now, byName: 'Anna', purpose: 'plan' });

    const fresh = world.writeIntents.all().slice(updatesAtOnce - 1);
    expect(fresh.map(({ dueAt }) => dueAt.getTime() - now.getTime())).toEqual([0, 60_000]);
  });

  it('plans one write per account for real', async () => {
    const world = await coupledWorld();

    const planned = await applyPlan(world.uow.tx, {
      newId: world.deps.newId,
      now: world.deps.now(),
      byName: 'Anna',
      purpose: 'plan',
    });

    const seen = await planWrites((await coupledWorld()).deps, { tenantId: world.tenantId, updatesMax: 1 });
    expect(planned).toMatchObject({ planned: 2, fingerprint: seen.fingerprint });
    expect(world.writeIntents.all().map(({ sourceRelationId, patch }) => [sourceRelationId, patch])).toEqual([
      [asId(idOf(1)), { phone: '0200000012' }],
      [asId(idOf(2)), { address: anAddress('Kade 9') }],
    ]);
    expect(world.outbox.kinds()).toEqual(['send-write', 'send-write']);
  });
});
