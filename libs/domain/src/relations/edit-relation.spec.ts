import { beforeEach, describe, expect, it } from 'vitest';
import { asId, type Actor, type RelationId } from '../kernel/index.js';
import { aRelationsWorld, aSourceRelation, anAddress, idOf, type RelationsWorld } from '../testing/index.js';
import { chooseLeading } from './choose-leading.js';
import { editRelation, type EditRelation } from './edit-relation.js';
import { planWrites } from './plan-writes.js';
import { resolveConflict } from './resolve-conflict.js';
import { unlinkSource } from './unlink-source.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };
const bert: Actor = { id: 'u2', name: 'Bert', kind: 'person' };

let world: RelationsWorld;
beforeEach(async () => {
  world = aRelationsWorld(3);
  await world.sync([account(1, 0, { phone: '0200000012' }), account(2, 1), account(3, 2)], {
    runKind: 'initial',
  });
});

function account(id: number, company: number, shared: object = {}) {
  const administrationId = world.companies[company]!.id; // every spec has three
  return aSourceRelation({
    id: idOf(id),
    administrationId,
    shared: { name: 'De Eik B.V.', kvk: '99000031', ...shared },
  });
}

const relation = () => world.relationOf(idOf(1));

async function edit(values: EditRelation['values'], over: Partial<EditRelation> = {}) {
  const { id, version } = await relation();
  return editRelation(world.deps, {
    tenantId: world.tenantId,
    relationId: id,
    version,
    values,
    actor: anna,
    ...over,
  });
}

describe('editRelation', () => {
  it('stores the value as typed by a person and plans it for every linked administration', async () => {
    expect(await edit({ email: ' post@eik.test ' })).toMatchObject({ ok: true });

    const { values, leading } = await relation();
    expect(values.email).toBe('post@eik.test');
    expect(leading.email).toMatchObject({ byName: 'Anna' });
    expect(world.writeIntents.all().map(({ sourceRelationId, patch }) => [sourceRelationId, patch])).toEqual([
      [idOf(1), { email: 'post@eik.test' }],
      [idOf(2), { email: 'post@eik.test' }],
      [idOf(3), { email: 'post@eik.test' }],
    ]);
    expect(world.actions.all().at(-1)).toMatchObject({ kind: 'edit', actorName: 'Anna', isUndoable: true });
  });

  it('means it for an administration that rests too, which hears of it once it goes on (product.md 3.6)', async () => {
    const [first, second, third] = world.companies;
    const activatedAt = new Date('2026-11-01T00:00:00Z');
    await world.administrations.save({ ...first!, state: 'paused', activatedAt });
    await world.administrations.save({ ...second!, state: 'access-lost', activatedAt });
    await world.administrations.save({ ...third!, state: 'removed', activatedAt });
    await edit({ email: 'post@eik.test' });
    expect(world.writeIntents.all().map(({ sourceRelationId }) => sourceRelationId)).toEqual([
      idOf(1),
      idOf(2),
    ]);
  });

  it.each([
    ['was never active', {}],
    [
      'was being coupled anew',
      { activatedAt: new Date('2026-11-01T00:00:00Z'), selectedAt: new Date('2026-11-20T00:00:00Z') },
    ],
  ])('means nothing for one that %s: its plan tells', async (_, since) => {
    const [first, second, third] = world.companies;
    await world.administrations.save({ ...first!, ...since, state: 'access-lost' });
    await world.administrations.save({ ...second!, state: 'coupling' });
    await world.administrations.save({ ...third!, state: 'selected' });
    await edit({ email: 'post@eik.test' });
    expect(world.writeIntents.all()).toEqual([]);
    const plan = await planWrites(world.deps, { tenantId: world.tenantId, updatesMax: 9 });
    expect(plan.updates).toContainEqual(
      expect.objectContaining({ administrationId: second!.id, field: 'email', to: 'post@eik.test' }),
    );
  });

  it('takes clearing a field as a real edit (product.md 3.13)', async () => {
    await edit({ phone: '' });

    expect((await relation()).values.phone).toBeNull();
    expect(world.writeIntents.all()).toMatchObject([{ sourceRelationId: idOf(1), patch: { phone: null } }]);
  });

  it('does nothing when the values stand already', async () => {
    await edit({ phone: '0200000012' });

    expect(world.actions.all().filter(({ kind }) => kind === 'edit')).toEqual([]);
    expect((await relation()).version).toBe(1);
  });

  it('refuses while contacts are frozen, and stores nothing (product.md 3.16)', async () => {
    world.freeze.isSet = true;

    expect(await edit({ phone: '1' })).toEqual({ ok: false, error: { kind: 'relations-frozen' } });
    expect((await relation()).values.phone).toBe('0200000012');
  });

  it('refuses an edit of a version that is no longer there', async () => {
    await edit({ phone: '0200000013' });

    expect(await edit({ phone: '0200000014' }, { version: 1, actor: bert })).toMatchObject({
      ok: false,
      error: { kind: 'changed-meanwhile', version: 2 },
    });
  });

  it.each([
    [{ name: 'Linde\u0000Bouw' }, 'name', 'contains-nul'],
    [{ name: ' ' }, 'name', 'empty'],
    [{ website: 'x'.repeat(10_000) }, 'website', 'too-long'],
    [{ tradeName: 'half \ud83d' }, 'tradeName', 'malformed'],
    [{ address: anAddress('a\u0000') }, 'address.line1', 'contains-nul'],
  ])('refuses %j (C04)', async (values, field, reason) => {
    expect(await edit(values)).toEqual({ ok: false, error: { kind: 'value-invalid', field, reason } });
  });

  it('accepts a number that fails its check and a name with right-to-left marks', async () => {
    expect(await edit({ vat: 'NL999991234B92', tradeName: '\u202eEik' })).toMatchObject({ ok: true });
  });

  it('answers not-found for a relation that is not there', async () => {
    expect(await edit({ phone: '1' }, { relationId: asId<RelationId>(idOf(88)) })).toEqual({
      ok: false,
      error: { kind: 'not-found' },
    });
  });
});

describe('chooseLeading', () => {
  async function choose(source: number, version?: number) {
    const { id, version: now } = await relation();
    return chooseLeading(world.deps, {
      tenantId: world.tenantId,
      relationId: id,
      version: version ?? now,
      field: 'phone',
      sourceRelationId: asId(idOf(source)),
      actor: anna,
    });
  }

  it('lets an empty value lead on purpose, also through a resync (C16)', async () => {
    expect(await choose(2)).toMatchObject({ ok: true });
    await world.sync([account(3, 2, { phone: '0200000077' })]);

    expect((await relation()).values.phone).toBeNull();
    expect((await relation()).leading.phone).toMatchObject({ source: idOf(2), byName: 'Anna' });
  });

  it('takes the same choice again as a success without effect, whatever version was shown', async () => {
    await choose(2, 1);
    const before = world.actions.all().length;

    expect(await choose(2, 1)).toMatchObject({ ok: true });
    expect(world.actions.all()).toHaveLength(before);
  });

  it('refuses a choice on data that changed, and an account of another relation', async () => {
    await choose(2, 1);

    expect(await choose(3, 1)).toMatchObject({ ok: false, error: { kind: 'changed-meanwhile' } });
    expect(await choose(9)).toEqual({ ok: false, error: { kind: 'not-found' } });
  });
});

describe('resolveConflict', () => {
  beforeEach(async () => {
    await world.sync([account(2, 1, { email: 'b@eik.test' }), account(3, 2, { email: 'c@eik.test' })]);
  });

  const resolve = (side: string, actor = anna, version?: number) => {
    const [conflict] = world.conflicts.all();
    const seen = { conflictId: conflict!.id, version: version ?? conflict!.version };
    return resolveConflict(world.deps, { ...seen, tenantId: world.tenantId, side, actor });
  };

  it('makes the chosen value the shared one and writes it to the others', async () => {
    expect(await resolve(idOf(3))).toMatchObject({ ok: true });

    expect((await relation()).values.email).toBe('c@eik.test');
    expect(world.conflicts.all()).toMatchObject([{ state: 'resolved', resolvedBy: 'Anna' }]);
    expect(world.writeIntents.all().map(({ sourceRelationId }) => sourceRelationId)).toEqual([
      idOf(1),
      idOf(2),
    ]);
  });

  it('keeps the relation’s own value when that is chosen', async () => {
    await resolve('relation');

    expect((await relation()).values.email).toBeNull();
    expect(world.conflicts.all()).toMatchObject([{ state: 'resolved' }]);
  });

  it('tells who saw it before it was settled what it is now, also when they say the same', async () => {
    await resolve(idOf(3), anna, 1);
    const acts = world.actions.all().length;

    for (const side of [idOf(3), idOf(2), 'nobody'])
      expect(await resolve(side, bert, 1)).toMatchObject({
        ok: false,
        error: { kind: 'changed-meanwhile', version: 2, state: 'resolved', resolvedBy: 'Anna' },
      });
    expect(world.actions.all()).toHaveLength(acts);
  });

  it('takes the same decision on what is settled as a success, and names who decided otherwise', async () => {
    await resolve(idOf(3));

    expect(await resolve(idOf(3), bert)).toMatchObject({ ok: true });
    expect(await resolve(idOf(2), bert)).toMatchObject({
      ok: false,
      error: { kind: 'already-decided', byName: 'Anna' },
    });
  });

  it('refuses a decision on sides that changed, and a side that is none', async () => {
    await world.sync([account(2, 1, { email: 'bb@eik.test' })]);

    expect(await resolve(idOf(3), anna, 1)).toMatchObject({
      ok: false,
      error: { kind: 'changed-meanwhile', version: 2 },
    });
    expect(await resolve('nobody')).toEqual({ ok: false, error: { kind: 'not-found' } });
  });
});

describe('unlinkSource', () => {
  async function unlink(source: number, over: { version?: number } = {}) {
    const { id, version } = await relation();
    const sourceRelationId = asId<Parameters<typeof unlinkSource>[1]['sourceRelationId']>(idOf(source));
    return unlinkSource(world.deps, {
      tenantId: world.tenantId,
      relationId: id,
      version: over.version ?? version,
      sourceRelationId,
      actor: anna,
    });
  }

  it('gives the account a relation of its own and lets the rest lead what it led', async () => {
    const { id } = await relation();
    await world.sync([account(2, 1, { phone: '0200000012' })]);
    const result = await unlink(1);

    expect(result).toMatchObject({ ok: true, value: { relationId: id } });
    const [rest] = await world.relations.findMany([id]);
    expect(rest!.values.phone).toBe('0200000012');
    expect(rest!.leading).toMatchObject({ name: { source: idOf(2) }, phone: { source: idOf(2) } });
    expect((await world.relationOf(idOf(1))).values.phone).toBe('0200000012');
  });

  it('is never undone by a comparison', async () => {
    await unlink(1);
    await world.sync([account(1, 0, { phone: '0200000012', email: 'x@eik.test' })]);
    await world.sync([], { runKind: 'addition' });

    expect(await world.sourcesOf((await relation()).id)).toEqual([idOf(1)]);
    expect(world.proposals.open()).toEqual([]);
  });

  it('refuses the only account, a changed version and a stranger', async () => {
    expect(await unlink(1, { version: 9 })).toMatchObject({
      ok: false,
      error: { kind: 'changed-meanwhile' },
    });
    expect(await unlink(77)).toEqual({ ok: false, error: { kind: 'not-found' } });
    await unlink(1);
    expect(await unlink(1)).toMatchObject({ ok: false, error: { kind: 'merge-not-possible' } });
  });
});
