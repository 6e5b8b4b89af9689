import { expect, it } from 'vitest';
import { asId, type AdministrationId } from '../kernel/index.js';
import type { Relations } from '../relations/index.js';
import { idOf } from './a-relations-world.js';
import { anAddress, aSourceRelation } from './a-source-relation.js';
import { a, b, relationId, aRelation, aLink } from './relation-port-rows.js';
import type { RelationPortsWorld } from './relation-ports.contract.js';

/** What every adapter of Relations does. */
export function describeRelations(world: () => RelationPortsWorld): void {
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

  it('finds the administrations in which a relation has no account, of those that may be used somewhere', async () => {
    const since = new Date('2026-11-25T09:00:00Z');
    await world().relations.addMany([
      { ...aRelation(21), createdAt: since },
      { ...aRelation(22), createdAt: new Date(since.getTime() - 1) },
      { ...aRelation(23), isIntercompany: true },
      aRelation(24),
      aRelation(25),
      aRelation(26),
    ]);
    const stands = (
      number: number,
      administrationId: AdministrationId,
      over: Partial<Parameters<typeof aSourceRelation>[0]> = {},
    ) => world().put(aSourceRelation({ id: idOf(number), administrationId, ...over }), null);
    await stands(1, a);
    await stands(2, b, { over: { state: 'deleted' } });
    await stands(3, a);
    await stands(4, b);
    await stands(5, a);
    await stands(6, a, { over: { isBlocked: true } });
    await stands(7, a, { local: { endsOn: '2026-11-24' } });
    await stands(8, a, { local: { isAnonymised: true } });
    await world().links.putMany([aLink(1, 21), aLink(2, 21), aLink(3, 22), aLink(4, 22), aLink(5, 23)]);
    await world().links.putMany([aLink(6, 24), aLink(7, 25), aLink(8, 26)]);
    const find = (over: Partial<Parameters<Relations['findLacking']>[0]> = {}) =>
      world().relations.findLacking({
        ...{ administrationIds: [b, a], after: null, limit: 9, today: '2026-11-25', createdSince: null },
        ...over,
      });

    expect(await find()).toEqual([{ id: relationId(21), lacking: [b] }]);
    const c = asId<AdministrationId>(idOf(903));
    const both = await find({ administrationIds: [a, c] });
    expect(both.map(({ id, lacking }) => [id, lacking])).toEqual([
      [relationId(21), [c]],
      [relationId(22), [c]],
    ]);
    expect(await find({ administrationIds: [c], limit: 1 })).toHaveLength(1);
    expect(await find({ administrationIds: [c], after: relationId(21) })).toMatchObject([
      { id: relationId(22) },
    ]);
    expect(await find({ administrationIds: [c], createdSince: since })).toMatchObject([
      { id: relationId(21) },
    ]);
    expect(await find({ administrationIds: [] })).toEqual([]);
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
