import { expect, it } from 'vitest';
import type { AccountScope } from '../relations/index.js';
import { idOf } from './a-relations-world.js';
import { anAddress, aSourceRelation } from './a-source-relation.js';
import { a, b, source, relationId, aRelation, aLink } from './relation-port-rows.js';
import type { RelationPortsWorld } from './relation-ports.contract.js';

/** What every adapter of SourceRelations does. */
export function describeSources(world: () => RelationPortsWorld): void {
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

    const [first] = await world().sourceRelations.findRecords(null, 1);
    expect(first).toMatchObject({
      id: idOf(1),
      administrationId: a,
      code: '1001',
      kvk: '99000031',
      email: 'x@eik.test',
      vat: null,
    });
    expect(first).toMatchObject({
      addressLine1: 'Kade 9',
      postcode: '1234 AB',
      city: 'Voorbeeldstad',
      country: 'NL',
    });
    expect(first?.ibans).toHaveLength(2);
    expect(await world().sourceRelations.findRecords(source(1), 10)).toMatchObject([
      { id: idOf(2), isOwnCompany: true, ibans: [] },
    ]);
    expect(await world().sourceRelations.findComparablesOf([source(1), source(2), source(3)])).toMatchObject([
      { relationId: null, record: first },
      { relationId: relationId(11), record: { id: idOf(2), isOwnCompany: true, ibans: [] } },
    ]);
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

    expect(await sourceRelations.countPresent()).toEqual(new Map([[a, 3]]));
    expect(await sourceRelations.countUnlinked()).toBe(2);
    expect(await sourceRelations.findUnlinked(null, 1)).toEqual([
      aSourceRelation({ id: idOf(2), administrationId: a }),
    ]);
    expect((await sourceRelations.findUnlinked(source(2), 9)).map(({ id }) => id)).toEqual([source(4)]);
    expect(await sourceRelations.findUnlinkedRecords(null, 1)).toEqual([
      (await sourceRelations.findRecords(source(1), 1))[0],
    ]);
    expect(await sourceRelations.findUnlinkedRecords(source(4), 9)).toEqual([]);
  });

  it('pages through them by the letters of their names', async () => {
    for (const [number, name] of ['de Wit', 'Bos B.V.', 'DeWit', 'bos-BV', 'Aa'].entries())
      await world().put(
        aSourceRelation({ id: idOf(number + 1), administrationId: a, shared: { name } }),
        null,
      );
    await world().links.putMany([aLink(5, 11)]);
    const { sourceRelations } = world();
    const after = async (number: number | null, limit: number) =>
      sourceRelations.findUnlinkedByName(number === null ? null : source(number), limit);

    expect(await after(null, 9)).toEqual([2, 4, 1, 3].map(source));
    expect(await after(null, 1)).toEqual([source(2)]);
    expect(await after(4, 2)).toEqual([1, 3].map(source));
    expect(await after(3, 2)).toEqual([]);
    expect(await after(5, 1)).toEqual([source(2)]);
    expect(await after(9, 1)).toEqual([]);
  });

  it('reads the accounts of some administrations, up to an id', async () => {
    for (const [number, administrationId] of [a, b, a, a, b].entries())
      await world().put(aSourceRelation({ id: idOf(number + 1), administrationId }), null);
    const { sourceRelations } = world();
    const idsIn = async (scope: AccountScope) => [
      (await sourceRelations.findRecords(null, 9, scope)).map(({ id }) => id),
      (await sourceRelations.findRecords(source(1), 1, scope)).map(({ id }) => id),
    ];

    expect(await sourceRelations.countPresent()).toEqual(
      new Map([
        [a, 3],
        [b, 2],
      ]),
    );
    expect(await sourceRelations.findNth(a, 2)).toBe(source(3));
    expect(await sourceRelations.findNth(a, 4)).toBeUndefined();
    expect(await idsIn({ administrationIds: [a], upTo: null })).toEqual([[1, 3, 4].map(source), [source(3)]]);
    expect(await idsIn({ administrationIds: [a, b], upTo: source(3) })).toEqual([
      [1, 2, 3].map(source),
      [source(2)],
    ]);
    expect(await idsIn({ administrationIds: [], upTo: null })).toEqual([[], []]);
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
