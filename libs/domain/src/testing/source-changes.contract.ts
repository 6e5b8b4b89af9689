import { expect, it } from 'vitest';
import { idOf } from './a-relations-world.js';
import { aSourceRelation } from './a-source-relation.js';
import { a, run, source, aLink } from './relation-port-rows.js';
import type { RelationPortsWorld } from './relation-ports.contract.js';

/** What every adapter of SourceRelations does with changes of a run. */
export function describeChanges(world: () => RelationPortsWorld): void {
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
