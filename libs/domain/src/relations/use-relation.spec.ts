import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../kernel/index.js';
import { createIssuesOf } from '../issues/index.js';
import { aRelationsWorld, aSourceRelation, anAddress, idOf, type RelationsWorld } from '../testing/index.js';
import { useRelation, type UseRelation } from './use-relation.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };

let world: RelationsWorld;
beforeEach(async () => {
  world = aRelationsWorld(3);
  await world.sync([account(1, 0), account(2, 1)], { runKind: 'initial' });
});

function account(id: number, company: number, over: object = {}) {
  return aSourceRelation({
    id: idOf(id),
    administrationId: world.companies[company]!.id, // every spec has three
    shared: { name: 'De Eik B.V.', kvk: '99000031', address: anAddress('Kade 1'), phone: '0318-111111' },
    local: { code: `   ${id}`, paymentConditionSales: '30' },
    ...over,
  });
}

async function use(company: number, roles?: UseRelation['roles']) {
  const { id } = await world.relationOf(idOf(1));
  const administrationId = world.companies[company]!.id;
  const command = { tenantId: world.tenantId, relationId: id, administrationId, actor: anna, roles };
  return useRelation(world.deps, command);
}
const creates = () => world.writeIntents.all().filter(({ kind }) => kind === 'create');

describe('useRelation', () => {
  it('answers the account that stands there', async () => {
    expect(await use(1)).toMatchObject({
      ok: true,
      value: {
        state: 'linked',
        sourceRelationId: idOf(2),
        exactId: idOf(2),
        code: '2',
        isBlocked: false,
        isCustomer: true,
      },
    });
    expect(creates()).toEqual([]);
  });

  it('answers it while contacts are frozen too', async () => {
    world.freeze.isSet = true;
    expect(await use(1)).toMatchObject({ value: { state: 'linked' } });
  });

  it('plans one create of the shared, filled values where there is none, and tells history who wanted it', async () => {
    expect(await use(2)).toMatchObject({ ok: true, value: { state: 'requested' } });

    expect(creates()).toMatchObject([
      {
        administrationId: world.companies[2]!.id,
        sourceRelationId: null,
        createdBy: 'Anna',
        patch: { name: 'De Eik B.V.', kvk: '99000031', phone: '0318-111111', address: { line1: 'Kade 1' } },
      },
    ]);
    expect(Object.keys(creates()[0]?.patch ?? {}).sort()).toEqual(['address', 'kvk', 'name', 'phone']);
    expect(world.outbox.messages().at(-1)).toEqual({ kind: 'send-write', intentId: creates()[0]?.id });
    expect(world.acts.all()).toMatchObject([{ kind: 'use-relation', actorName: 'Anna' }]);
  });

  it('plans no second one, however often it is asked', async () => {
    await use(2);
    expect(await use(2)).toMatchObject({ ok: true, value: { state: 'requested' } });
    expect(creates()).toHaveLength(1);
  });

  it('makes it what the relation is elsewhere, unless the asker says as what', async () => {
    await use(2);
    expect(creates()).toMatchObject([{ roles: ['customer'] }]);

    await use(2, ['supplier']);
    expect(creates()).toMatchObject([{ roles: ['customer', 'supplier'] }]);
  });

  it('makes it a supplier for who says so', async () => {
    await use(2, ['supplier']);
    expect(creates()).toMatchObject([{ roles: ['supplier'] }]);
  });

  it('lets one that waits for its turn among many go first: somebody waits for it', async () => {
    await use(2);
    const [create] = creates();
    const dueAt = new Date(create!.dueAt.getTime() + 3_600_000);
    await world.writeIntents.save({ ...create!, dueAt, purpose: 'plan' });
    const sent = world.outbox.messages().length;
    await use(2);
    await use(2);
    expect(creates()[0]!.dueAt < world.deps.now()).toBe(true);
    expect(creates()[0]).toMatchObject({ purpose: 'interactive' });
    expect(world.outbox.messages().slice(sent)).toEqual([{ kind: 'send-write', intentId: create!.id }]);
  });

  it('adds nothing to a create that may have been sent, but that somebody waits for it', async () => {
    await use(2, ['customer']);
    await world.writeIntents.save({ ...creates()[0]!, state: 'uncertain', purpose: 'plan' });
    const { dueAt } = creates()[0]!;
    await use(2, ['supplier']);
    expect(creates()).toMatchObject([
      { state: 'uncertain', roles: ['customer'], dueAt, purpose: 'interactive' },
    ]);
  });

  it('leaves out what the administration keeps to itself', async () => {
    const [, , third] = world.companies;
    await world.administrations.save({ ...third!, writePolicy: { localFields: ['phone', 'name'] } });
    await use(2);
    expect(Object.keys(creates()[0]?.patch ?? {}).sort()).toEqual(['address', 'kvk', 'name']);
  });

  it('refuses where the coupling says never', async () => {
    world.syncPolicy.set({ accountCreation: 'never' });
    expect(await use(2)).toEqual({ ok: false, error: { kind: 'creating-switched-off' } });
    expect(creates()).toEqual([]);
  });

  it('refuses while contacts are frozen', async () => {
    world.freeze.isSet = true;
    expect(await use(2)).toEqual({ ok: false, error: { kind: 'relations-frozen' } });
  });

  it('refuses in an administration that is not active, and before the coupling is', async () => {
    const [, , third] = world.companies;
    await world.administrations.save({ ...third!, state: 'paused' });
    expect(await use(2)).toEqual({
      ok: false,
      error: { kind: 'administration-not-active', state: 'paused' },
    });
    await world.administrations.save({ ...third!, state: 'active' });
    world.syncPolicy.set({ isActive: false });
    expect(await use(2)).toMatchObject({ error: { kind: 'administration-not-active' } });
  });

  it('refuses an administration that is not coupled', async () => {
    const [, , third] = world.companies;
    await world.administrations.save({ ...third!, state: 'removed' });
    expect(await use(2)).toEqual({ ok: false, error: { kind: 'administration-unknown' } });
  });

  it('refuses a relation of which Exact made every account anonymous', async () => {
    await world.sync([
      account(1, 0, { local: { isAnonymised: true }, over: { rowVersion: 9n, contentHash: 'a' } }),
      account(2, 1, { local: { isAnonymised: true }, over: { rowVersion: 9n, contentHash: 'b' } }),
    ]);
    expect(await use(2)).toEqual({ ok: false, error: { kind: 'relation-anonymised' } });
  });

  it('closes what was told of an account that could not be made there, once one joins by itself', async () => {
    await use(2);
    const { id } = await world.relationOf(idOf(1));
    const told = createIssuesOf(id, world.companies[2]!.id);
    await world.writeIntents.save({ ...creates()[0]!, state: 'failed' });
    await world.issues.report(
      told.slice(0, 1).map((causeKey) => {
        return { cause: 'write-refused', causeKey, administrationId: world.companies[2]!.id, params: {} };
      }),
      world.deps.now(),
    );
    await world.sync([account(3, 2)]);

    expect(await use(2)).toMatchObject({ ok: true, value: { state: 'linked', exactId: idOf(3) } });
    expect(await world.issues.findOpenCauseKeys('write-refused')).toEqual([]);
  });

  it('makes another one where Exact deleted the account', async () => {
    await world.sync([account(2, 1, { over: { state: 'deleted', rowVersion: 9n } })]);
    expect(await use(1)).toMatchObject({ ok: true, value: { state: 'requested' } });
    expect(creates()).toHaveLength(1);
  });
});
