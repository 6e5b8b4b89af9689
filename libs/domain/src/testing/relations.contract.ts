import { expect, it } from 'vitest';
import { type AdministrationId } from '../kernel/index.js';
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
