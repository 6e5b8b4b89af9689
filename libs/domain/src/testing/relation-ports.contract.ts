import { beforeEach, describe, expect, it } from 'vitest';
import {
  asId,
  type AdministrationId,
  type RelationId,
  type SourceRelationId,
  type SyncRunId,
} from '../kernel/index.js';
import type {
  KeysOfSource,
  Link,
  LinksTx,
  MatchKeysTx,
  MatchModelTx,
  Relation,
  RelationsTx,
  SourceRelation,
  SourceRelationsTx,
} from '../relations/index.js';
import { hashText, nothingLearnt } from '../relations/matching/index.js';
import { idOf } from './a-relations-world.js';
import { anAddress, aSourceRelation } from './a-source-relation.js';

/** The ports, and what fetching does: it stores an account, changed in a run, with its bank accounts. */
export interface RelationPortsWorld
  extends RelationsTx, LinksTx, SourceRelationsTx, MatchKeysTx, MatchModelTx {
  put(source: SourceRelation, changedInRun: SyncRunId | null, ibans?: readonly string[]): Promise<void>;
}

const a = asId<AdministrationId>(idOf(900));
const b = asId<AdministrationId>(idOf(901));
const run = asId<SyncRunId>(idOf(800));
const at = new Date('2026-11-25T09:00:00.000Z');
const source = (number: number) => asId<SourceRelationId>(idOf(number));
const relationId = (number: number) => asId<RelationId>(idOf(number));

function aRelation(number: number, over: Partial<Relation> = {}): Relation {
  const { fields } = aSourceRelation({ id: idOf(1), administrationId: a, shared: { phone: '0200000012' } });
  return {
    id: relationId(number),
    values: fields.shared,
    leading: { name: { source: source(1) }, phone: { byName: 'Anna', at: at.toISOString() } },
    searchText: 'bakker bouw b.v.',
    state: 'active',
    survivorId: null,
    isIntercompany: false,
    version: 1,
    createdAt: at,
    updatedAt: at,
    ...over,
  };
}

function aLink(number: number, relation: number, over: Partial<Link> = {}): Link {
  return {
    sourceRelationId: source(number),
    role: 'customer',
    relationId: relationId(relation),
    state: 'linked',
    origin: 'own',
    isAlias: false,
    linkedAt: at,
    ...over,
  };
}

/** What every adapter of the ports of relations and their accounts does. `make` gives an empty world. */
export function describeRelationPortsContract(make: () => Promise<RelationPortsWorld>): void {
  let world: RelationPortsWorld;
  beforeEach(async () => {
    world = await make();
  });

  describe('Relations', () => describeRelations(() => world));
  describe('Links', () => describeLinks(() => world));
  describe('SourceRelations', () => describeSources(() => world));
  describe('SourceRelations, changes', () => describeChanges(() => world));
  describe('MatchKeys', () => describeMatchKeys(() => world));
  describe('MatchModel', () => describeMatchModel(() => world));
}

function describeRelations(world: () => RelationPortsWorld): void {
  it('gives back what was added, by id, and nothing for unknown ids', async () => {
    const awkward = aRelation(2, {
      values: { ...aRelation(1).values, name: `"O'Hara" \\ {x} ‘é’`, address: anAddress('Kade 9') },
    });
    await world().relations.addMany([awkward, aRelation(1)]);

    expect(await world().relations.findMany([relationId(2), relationId(9), relationId(1)])).toEqual([
      aRelation(1),
      awkward,
    ]);
    expect(await world().relations.findManyForUpdate([relationId(2)])).toEqual([awkward]);
    expect(await world().relations.findMany([])).toEqual([]);
  });

  it('saves every column', async () => {
    await world().relations.addMany([aRelation(1), aRelation(2)]);
    const merged = aRelation(1, {
      state: 'merged',
      survivorId: relationId(2),
      version: 2,
      leading: {},
      isIntercompany: true,
    });
    await world().relations.saveMany([merged]);

    expect(await world().relations.findMany([relationId(1), relationId(2)])).toEqual([merged, aRelation(2)]);
  });

  it('finds active relations of several administrations in which an account says something else', async () => {
    await world().relations.addMany([aRelation(11), aRelation(12), aRelation(13), aRelation(14)]);
    const says = (number: number, administrationId: AdministrationId, phone: string) =>
      world().put(aSourceRelation({ id: idOf(number), administrationId, shared: { phone } }), null);
    await says(1, a, '0200000012');
    await says(2, b, '0200000099');
    await says(3, a, '0200000012');
    await says(4, b, '0200000012');
    await says(5, a, '0200000099');
    await says(6, a, '0200000012');
    await says(7, b, '0200000099');
    await world().links.putMany([aLink(1, 11), aLink(2, 11), aLink(3, 12), aLink(4, 12), aLink(5, 13)]);
    await world().links.putMany([aLink(6, 14), aLink(7, 14, { isAlias: true })]);

    expect(await world().relations.findDiffering(null, 10)).toEqual([relationId(11)]);
    expect(await world().relations.findDiffering(relationId(11), 10)).toEqual([]);
    expect(await world().relations.findDiffering(null, 0)).toEqual([]);
  });
}

function describeLinks(world: () => RelationPortsWorld): void {
  it('keeps one link per account and role, the last one put', async () => {
    await world().links.putMany([aLink(1, 11), aLink(1, 11, { role: 'supplier' }), aLink(2, 12)]);
    await world().links.putMany([aLink(2, 11, { origin: 'person', isAlias: true, state: 'deleted' })]);

    const all = [
      aLink(1, 11),
      aLink(1, 11, { role: 'supplier' }),
      aLink(2, 11, { origin: 'person', isAlias: true, state: 'deleted' }),
    ];
    expect(await world().links.findOfRelations([relationId(11), relationId(12)])).toEqual(all);
    expect(await world().links.findOfSources([source(1)])).toEqual(all.slice(0, 2));
  });

  it('adds links of accounts that have none, and refuses to take an account away', async () => {
    await world().links.addMany([aLink(1, 11), aLink(2, 12)]);

    await expect(world().links.addMany([aLink(3, 11), aLink(2, 11)])).rejects.toThrow();
    expect(await world().links.findOfSources([source(1), source(2)])).toEqual([aLink(1, 11), aLink(2, 12)]);
  });

  it('finds relations that several present accounts belong to, after a relation', async () => {
    for (const number of [1, 2, 3, 4, 5])
      await world().put(aSourceRelation({ id: idOf(number), administrationId: a }), null);
    await world().put(
      aSourceRelation({ id: idOf(6), administrationId: a, over: { state: 'deleted' } }),
      null,
    );
    await world().links.putMany([aLink(2, 11), aLink(1, 11), aLink(1, 11, { role: 'supplier' })]);
    await world().links.putMany([aLink(3, 12), aLink(3, 12, { role: 'supplier' })]);
    await world().links.putMany([aLink(4, 13), aLink(6, 13), aLink(5, 14)]);
    const joined = [{ relationId: relationId(11), sourceRelationIds: [source(1), source(2)] }];

    expect(await world().links.findJoined(null, 9)).toEqual(joined);
    expect(await world().links.findJoined(relationId(11), 9)).toEqual([]);
    expect(await world().links.findJoined(null, 0)).toEqual([]);
  });

  it('removes one role and leaves the other', async () => {
    await world().links.putMany([aLink(1, 11), aLink(1, 11, { role: 'supplier' })]);
    await world().links.removeMany([{ sourceRelationId: source(1), role: 'customer' }]);

    expect(await world().links.findOfSources([source(1)])).toEqual([aLink(1, 11, { role: 'supplier' })]);
  });
}

function describeSources(world: () => RelationPortsWorld): void {
  it('pages through present accounts with what comparing needs', async () => {
    const shared = {
      kvk: '99000031',
      email: 'x@eik.test',
      address: anAddress('Kade 9', '1234 AB', 'Voorbeeldstad'),
    };
    await world().put(
      aSourceRelation({ id: idOf(1), administrationId: a, shared, local: { code: '1001' } }),
      null,
      ['NL13 TEST 0123 4567 89', 'DE37 9999 9999 0123 4567 89'],
    );
    await world().put(
      aSourceRelation({ id: idOf(2), administrationId: b, over: { isOwnCompany: true } }),
      null,
    );
    await world().put(
      aSourceRelation({ id: idOf(3), administrationId: b, over: { state: 'deleted' } }),
      null,
    );
    await world().relations.addMany([aRelation(11)]);
    await world().links.putMany([aLink(2, 11)]);

    const [first] = await world().sourceRelations.findComparables(null, 1);
    expect(first).toMatchObject({
      relationId: null,
      record: {
        id: idOf(1),
        administrationId: a,
        code: '1001',
        kvk: '99000031',
        email: 'x@eik.test',
        vat: null,
      },
    });
    expect(first?.record).toMatchObject({
      addressLine1: 'Kade 9',
      postcode: '1234 AB',
      city: 'Voorbeeldstad',
      country: 'NL',
    });
    expect(first?.record.ibans).toHaveLength(2);
    expect(await world().sourceRelations.findComparables(source(1), 10)).toMatchObject([
      { relationId: relationId(11), record: { id: idOf(2), isOwnCompany: true, ibans: [] } },
    ]);
    expect(await world().sourceRelations.findComparablesOf([source(2), source(3)])).toHaveLength(1);
  });

  it('counts and pages through present accounts that no relation has', async () => {
    for (const number of [4, 2, 1])
      await world().put(aSourceRelation({ id: idOf(number), administrationId: a }), null);
    await world().put(
      aSourceRelation({ id: idOf(3), administrationId: b, over: { state: 'deleted' } }),
      null,
    );
    await world().links.putMany([aLink(1, 11)]);
    const { sourceRelations } = world();

    expect(await sourceRelations.countPresent()).toBe(3);
    expect(await sourceRelations.findUnlinked(null, 1)).toEqual([
      aSourceRelation({ id: idOf(2), administrationId: a }),
    ]);
    expect((await sourceRelations.findUnlinked(source(2), 9)).map(({ id }) => id)).toEqual([source(4)]);
  });

  it('gives whole accounts back, by id', async () => {
    const one = aSourceRelation({
      id: idOf(1),
      administrationId: a,
      shared: { tradeName: 'Eik' },
      local: { isSupplier: true },
    });
    await world().put(one, null);

    expect(await world().sourceRelations.findMany([source(1), source(9)])).toEqual([one]);
    expect(await world().sourceRelations.findManyForUpdate([source(1)])).toEqual([one]);
  });
}

function describeChanges(world: () => RelationPortsWorld): void {
  it('pages through what a run changed', async () => {
    for (const number of [3, 1, 2])
      await world().put(aSourceRelation({ id: idOf(number), administrationId: a }), run);
    await world().put(aSourceRelation({ id: idOf(4), administrationId: a }), null);
    await world().put(aSourceRelation({ id: idOf(5), administrationId: a }), null);
    await world().put(aSourceRelation({ id: idOf(5), administrationId: a, shared: { phone: '1' } }), null);

    const { sourceRelations } = world();
    expect(await sourceRelations.findChangedIn(run, null, 2)).toEqual([source(1), source(2)]);
    expect(await sourceRelations.findChangedIn(run, source(2), 9)).toEqual([source(3), source(5)]);
  });

  it('finds linked accounts that differ from their base or are deleted, and none once that is accepted', async () => {
    const says = (number: number, phone: string | null) =>
      world().put(aSourceRelation({ id: idOf(number), administrationId: a, shared: { phone } }), run);
    for (const number of [1, 2, 3]) await says(number, null);
    await world().links.putMany([aLink(1, 11), aLink(2, 11)]);
    const { sourceRelations } = world();
    expect(await sourceRelations.findUnmergedIn(run, null, 9)).toEqual([]);
    for (const number of [1, 2, 3]) await says(number, '0200000099');
    expect(await sourceRelations.findUnmergedIn(run, null, 9)).toEqual([source(1), source(2)]);
    expect((await sourceRelations.findMany([source(1)]))[0]?.base?.phone).toBeNull();

    await sourceRelations.acceptAsBase([source(1), source(2)]);
    expect(await sourceRelations.findUnmergedIn(run, null, 9)).toEqual([]);
    expect((await sourceRelations.findMany([source(1)]))[0]?.base).toBeNull();

    await says(1, '1');
    await world().put(aSourceRelation({ id: idOf(2), administrationId: a, over: { state: 'deleted' } }), run);
    expect(await sourceRelations.findUnmergedIn(run, null, 9)).toEqual([source(1), source(2)]);
    await world().links.putMany([aLink(2, 11, { state: 'deleted' })]);
    expect(await sourceRelations.findUnmergedIn(run, null, 9)).toEqual([source(1)]);
  });
}

function describeMatchModel(world: () => RelationPortsWorld): void {
  it('says that nothing was learnt until something was, and keeps the latest', async () => {
    expect(await world().matchModel.find()).toBeUndefined();
    const model = { ...nothingLearnt, stems: 600, words: { bouw: 30, constructor: 2 } };
    await world().matchModel.put(run, model);
    await world().matchModel.put(run, { ...model, groupWords: ['horeca'] });

    expect(await world().matchModel.find()).toEqual({ ...model, groupWords: ['horeca'] });
  });

  it('drops what answers released, and nothing else', async () => {
    await world().matchModel.dropReleased();
    expect(await world().matchModel.find()).toBeUndefined();
    const model = { ...nothingLearnt, stems: 600, words: { bouw: 30 }, groupWords: ['horeca'] };
    await world().matchModel.put(run, { ...model, released: { 'hold-no-proof': 12.5 } });

    await world().matchModel.dropReleased();

    expect(await world().matchModel.find()).toEqual(model);
  });

  it('says that nothing was learnt when another version of the matcher did', async () => {
    await world().matchModel.put(run, { ...nothingLearnt, stems: 600, version: '0.0.1' });

    expect(await world().matchModel.find()).toBeUndefined();
  });
}

function describeMatchKeys(world: () => RelationPortsWorld): void {
  const earlier = asId<SyncRunId>(idOf(799));
  const keysOf = (number: number, ...keys: string[]) => ({
    sourceRelationId: source(number),
    keys: keys.map((key) => hashText(key)),
  });
  const sharersOf = async (of: KeysOfSource, bounds: { sharersMax?: number; limit?: number } = {}) => {
    const found = await world().matchKeys.findSharers([of], { sharersMax: 3, limit: 10, ...bounds });
    return found.get(of.sourceRelationId);
  };

  it('finds the others that share a key, by id, and passes over keys that too many share', async () => {
    await world().matchKeys.putPortion(run, [
      keysOf(3, 'kvk:1', 'city:x'),
      keysOf(1, 'kvk:1', 'mail:a', 'city:x'),
      keysOf(2, 'mail:a', 'city:x'),
    ]);
    await world().matchKeys.addMany(run, [keysOf(4, 'city:x')]);

    expect(await sharersOf(keysOf(1, 'kvk:1', 'mail:a', 'city:x'))).toEqual([source(2), source(3)]);
    expect(await sharersOf(keysOf(1, 'kvk:1', 'mail:a'), { limit: 1 })).toEqual([source(2)]);
    expect(await sharersOf(keysOf(1))).toEqual([]);
    const two = [keysOf(3, 'kvk:1'), keysOf(9, 'mail:a')];
    expect(await world().matchKeys.findSharers(two, { sharersMax: 3, limit: 10 })).toEqual(
      new Map([
        [source(3), [source(1)]],
        [source(9), [source(1), source(2)]],
      ]),
    );
  });

  it('adds keys to those that are there, once', async () => {
    await world().matchKeys.addMany(run, [keysOf(1, 'kvk:1', 'kvk:1'), keysOf(2, 'kvk:1')]);
    await world().matchKeys.addMany(run, [keysOf(2, 'kvk:2', 'kvk:1')]);
    await world().matchKeys.putPortion(run, [keysOf(3, 'kvk:3', 'kvk:3')]);
    await world().matchKeys.putPortion(run, [keysOf(3, 'kvk:3', 'kvk:3')]);

    expect(await sharersOf(keysOf(1, 'kvk:1'), { sharersMax: 2 })).toEqual([source(2)]);
    expect(await sharersOf(keysOf(1, 'kvk:2'))).toEqual([source(2)]);
    expect(await sharersOf(keysOf(1, 'kvk:3'), { sharersMax: 1 })).toEqual([source(3)]);
  });

  it('forgets what earlier runs had, once a run has put all that count', async () => {
    await world().matchKeys.putPortion(earlier, [keysOf(1, 'kvk:1'), keysOf(2, 'kvk:1')]);
    await world().matchKeys.addMany(earlier, [keysOf(3, 'kvk:1')]);
    await world().matchKeys.putPortion(run, [keysOf(2, 'kvk:1')]);
    await world().matchKeys.forgetBefore(run);
    await world().matchKeys.forgetBefore(earlier);

    expect(await sharersOf(keysOf(9, 'kvk:1'))).toEqual([source(2)]);
  });
}
