import { beforeEach, describe, expect, it } from 'vitest';
import { asId } from '../kernel/index.js';
import { anAddress, aRelationsWorld, aSourceRelation, idOf, type RelationsWorld } from '../testing/index.js';
import { nothingLearnt } from './matching/index.js';
import { pictureAt } from './relation-at.js';

describe('compareRun of a first coupling', () => {
  let world: RelationsWorld;
  let [a, b, c] = aRelationsWorld(3).companies;
  beforeEach(() => {
    world = aRelationsWorld(3);
    [a, b, c] = world.companies;
  });
  const account = (id: number, company: typeof a, shared: object, local = {}) =>
    aSourceRelation({ id: idOf(id), administrationId: company!.id, shared, local });

  const vlier = {
    name: 'Vlier Advies B.V.',
    kvk: '99000021',
    address: anAddress('Kade 9', '1234 AB', 'Voorbeeldstad'),
  };

  it('makes one relation of equal accounts, the first administration leading, and one each of the others', async () => {
    const counts = await world.sync(
      [
        account(1, a, { ...vlier, phone: null }),
        account(2, b, { ...vlier, name: 'Vlier Advies BV', phone: '020-0000012' }),
        account(3, c, { name: 'Hoekstra Tegelwerken', kvk: '99000099' }),
      ],
      { runKind: 'initial' },
    );

    expect(counts).toMatchObject({ relations: 2, mergedAutomatically: 1, created: 3, asked: 0, doubles: 0 });
    const relation = await world.relationOf(idOf(1));
    expect(await world.sourcesOf(relation.id)).toEqual([idOf(1), idOf(2)]);
    expect(relation.values).toMatchObject({ name: 'Vlier Advies B.V.', phone: '020-0000012' });
    expect(relation.leading.name).toEqual({ source: idOf(1) });
    expect(relation.leading.phone).toEqual({ source: idOf(2) });
    expect(world.actions.all().map(({ kind }) => kind)).toEqual(['merge-automatic']);
  });

  it('merges nothing under manual handling, and asks instead', async () => {
    const counts = await world.sync([account(1, a, vlier), account(2, b, vlier)], {
      runKind: 'initial',
      contactHandling: 'manual',
    });

    expect(counts).toMatchObject({ relations: 2, mergedAutomatically: 0, asked: 1 });
    expect(world.proposals.open()).toMatchObject([{ sourceA: idOf(1), sourceB: idOf(2), kind: 'match' }]);
  });

  it('does nothing the second time', async () => {
    const run = [
      account(1, a, vlier),
      account(2, b, vlier),
      account(3, a, { ...vlier, name: 'Vlier Advies BV' }),
    ];
    await world.sync(run, { runKind: 'initial' });
    const before = [world.relations.all(), world.links.all(), world.proposals.all(), world.issues.all()];

    const counts = await world.sync([], { runKind: 'initial' });

    expect(counts).toMatchObject({ relations: 0, mergedAutomatically: 0, created: 0, asked: 0, doubles: 0 });
    expect([world.relations.all(), world.links.all(), world.proposals.all(), world.issues.all()]).toEqual(
      before,
    );
  });

  it('reports doubles inside one administration and merges neither by row order (C10)', async () => {
    const counts = await world.sync(
      [
        account(1, a, vlier, { code: '1001' }),
        account(2, a, { ...vlier, name: 'Vlier Advies BV' }, { code: '1002' }),
        account(3, b, vlier, { code: '2001' }),
      ],
      { runKind: 'initial' },
    );

    expect(counts.doubles).toBe(1);
    expect(world.proposals.open().filter(({ kind }) => kind === 'double')).toMatchObject([
      { administrationId: a!.id, sourceA: idOf(1), sourceB: idOf(2) },
    ]);
    expect(world.issues.all()).toMatchObject([
      { cause: 'double-in-administration', administrationId: a!.id, params: { codes: '1001, 1002' } },
    ]);
    for (const relation of world.activeRelations()) {
      const links = await world.sourcesOf(relation.id);
      expect(links.filter((id) => id !== idOf(3)).length).toBeLessThanOrEqual(1);
    }
  });

  it('gives deleted accounts no relation', async () => {
    await world.sync([{ ...account(1, a, vlier), state: 'deleted' }], { runKind: 'initial' });

    expect(world.relations.all()).toEqual([]);
  });

  it('marks the coupled companies themselves as intercompany', async () => {
    await world.sync([{ ...account(1, a, vlier), isOwnCompany: true }], { runKind: 'initial' });

    expect((await world.relationOf(idOf(1))).isIntercompany).toBe(true);
  });
});

describe('compareRun of an administration added later', () => {
  it('joins new accounts to existing relations and leaves what stands', async () => {
    const world = aRelationsWorld(3);
    const [a, b, c] = world.companies;
    const kvk = '99000021';
    const source = (id: number, administrationId: typeof a, name: string, email: string | null = null) =>
      aSourceRelation({ id: idOf(id), administrationId: administrationId!.id, shared: { name, kvk, email } });
    await world.sync([source(1, a, 'Vlier Advies B.V.'), source(2, b, 'Vlier Advies B.V.')], {
      runKind: 'initial',
    });
    const relation = await world.relationOf(idOf(1));

    const counts = await world.sync([source(3, c, 'VLIER ADVIES BV', 'post@vlier.test')], {
      runKind: 'addition',
    });

    expect(counts).toMatchObject({ relations: 0, mergedAutomatically: 1, created: 1 });
    const joined = await world.relationOf(idOf(3));
    expect(joined.id).toBe(relation.id);
    expect(joined.values).toMatchObject({ name: 'Vlier Advies B.V.', email: 'post@vlier.test' });
    const acts = world.actions.all();
    expect(pictureAt(acts.slice(-1), relation.id)?.values.email).toBeNull();
    expect(acts.at(-1)?.after.relations[0]?.values.email).toBe('post@vlier.test');
  });

  it('never joins two relations that stand, even when the new account fits both', async () => {
    const world = aRelationsWorld(3);
    const [a, b, c] = world.companies;
    const source = (id: number, administrationId: typeof a) =>
      aSourceRelation({
        id: idOf(id),
        administrationId: administrationId!.id,
        shared: { name: 'Vlier Advies B.V.', kvk: '99000021' },
      });
    await world.sync([source(1, a), source(2, b)], { runKind: 'initial', contactHandling: 'manual' });

    await world.sync([source(3, c)], { runKind: 'addition' });

    const ids = await Promise.all([1, 2, 3].map(async (id) => (await world.relationOf(idOf(id))).id));
    expect(new Set(ids).size).toBe(3);
    expect(world.proposals.open().length).toBeGreaterThanOrEqual(2);
  });
});

describe('compareRun of a resync after another version of the matcher', () => {
  it('compares everything anew, since nobody is found by the keys of the other', async () => {
    const world = aRelationsWorld(2);
    const [a, b] = world.companies;
    const vlier = { name: 'Vlier Advies B.V.', kvk: '99000021' };
    const source = (id: number, administrationId: typeof a) =>
      aSourceRelation({ id: idOf(id), administrationId: administrationId!.id, shared: vlier });
    await world.sync([source(1, a)], { runKind: 'initial' });
    await world.matchKeys.forgetBefore(asId(idOf(999)));
    await world.matchModel.put(asId(idOf(800)), { ...nothingLearnt, version: '0.0.1' });

    await world.sync([source(2, b)], { runKind: 'resync' });

    expect((await world.relationOf(idOf(2))).id).toBe((await world.relationOf(idOf(1))).id);
    expect(await world.matchModel.find()).toBeDefined();
  });
});
