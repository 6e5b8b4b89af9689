import { expect, it } from 'vitest';
import { idOf } from './a-relations-world.js';
import { aSourceRelation } from './a-source-relation.js';
import { a, b, source, relationId, aLink } from './relation-port-rows.js';
import type { RelationPortsWorld } from './relation-ports.contract.js';

/** What every adapter of Links does. */
export function describeLinks(world: () => RelationPortsWorld): void {
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
    const scope = { administrationIds: [a], upTo: source(2) };
    expect(await world().links.findJoined(null, 9, scope)).toEqual(joined);
    expect(await world().links.findJoined(null, 9, { ...scope, upTo: source(1) })).toEqual([]);
    expect(await world().links.findJoined(null, 9, { ...scope, administrationIds: [b] })).toEqual([]);
  });

  it('removes one role and leaves the other', async () => {
    await world().links.putMany([aLink(1, 11), aLink(1, 11, { role: 'supplier' })]);
    await world().links.removeMany([{ sourceRelationId: source(1), role: 'customer' }]);

    expect(await world().links.findOfSources([source(1)])).toEqual([aLink(1, 11, { role: 'supplier' })]);
  });
}
