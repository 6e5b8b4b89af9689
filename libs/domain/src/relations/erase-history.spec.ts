import { beforeEach, describe, expect, it } from 'vitest';
import { aRelationsWorld, aSourceRelation, idOf, type RelationsWorld } from '../testing/index.js';
import { editRelation } from './edit-relation.js';
import type { SharedValues } from './fields.js';

const anna = { id: 'u1', name: 'Anna', kind: 'person' } as const;
const person = { name: 'Bakker, P.', kvk: '99000031', email: 'piet@bakker.test', phone: '0318-111111' };
const blank = { name: 'Geanonimiseerd', kvk: null, email: null, phone: null };

let world: RelationsWorld;
let fetched = 0;
beforeEach(() => {
  world = aRelationsWorld(2);
});

function account(id: number, company: number, shared: Partial<SharedValues>, local = {}) {
  const administrationId = world.companies[company]!.id; // two
  fetched += 1;
  // As in life, the hash tells nothing of what it is made of.
  const over = { contentHash: `hash ${fetched}` };
  return aSourceRelation({ id: idOf(id), administrationId, shared, local, over });
}
const anonymous = { isAnonymised: true } as const;
const everything = () =>
  JSON.stringify([
    world.actions.all(),
    world.conflicts.all(),
    world.writeIntents.all(),
    world.issues.all(),
    world.relations.all(),
    world.sourceRelations.all().map(({ fields, base }) => ({ fields, base })),
  ]);

describe('an account that Exact made anonymous (product.md 3.20)', () => {
  it('is erased from the relation, the history, writes and issues when it was the only one', async () => {
    await world.sync([account(1, 0, person)], { runKind: 'initial' });
    await world.sync([account(1, 0, { ...person, phone: '0318-222222' })]);
    const { id, version } = await world.relationOf(idOf(1));
    await editRelation(world.deps, {
      ...{ tenantId: world.tenantId, relationId: id, version, actor: anna },
      values: { website: 'piet-bakker.test' },
    });
    await world.issues.report(
      [
        {
          cause: 'write-refused',
          causeKey: 'w',
          administrationId: world.companies[0]!.id,
          params: { name: person.name, exactId: idOf(1) },
        },
      ],
      new Date(),
    );
    expect(everything()).toContain('piet');

    await world.sync([account(1, 0, blank, anonymous)]);

    for (const trace of ['Bakker', 'piet', '0318', '99000031']) expect(everything()).not.toContain(trace);
    expect((await world.relationOf(idOf(1))).values.name).toBe('Geanonimiseerd');
    // Who did what, and when, stays.
    expect(
      world.actions.all().map(({ kind, actorName, isUndoable }) => [kind, actorName, isUndoable]),
    ).toEqual(expect.arrayContaining([['edit', 'Anna', false]]));
  });

  it('takes nothing along elsewhere: other accounts keep their values, which lead from then on', async () => {
    await world.sync([account(1, 0, person), account(2, 1, { ...person, phone: '0318-999999' })], {
      runKind: 'initial',
    });
    const counts = await world.sync([account(1, 0, blank, anonymous)]);

    expect(counts).toMatchObject({ writes: 0, conflicts: 0 });
    const { values, leading } = await world.relationOf(idOf(2));
    expect(values).toMatchObject({ name: 'Bakker, P.', phone: '0318-999999', email: 'piet@bakker.test' });
    expect(leading.phone).toEqual({ source: idOf(2) });
    expect(everything()).not.toContain('0318-111111');
  });

  it('leaves no hash of what it said, by which that could be guessed', async () => {
    const [one, two] = [account(1, 0, person), account(2, 1, person)];
    await world.sync([one, two], { runKind: 'initial' });
    const hashes = () =>
      world.actions
        .all()
        .flatMap((act) => [...act.before.sources, ...act.after.sources].map((each) => each.contentHash));
    expect(hashes()).toEqual(expect.arrayContaining([one.contentHash, two.contentHash]));

    await world.sync([account(1, 0, blank, anonymous)]);

    expect(hashes()).not.toContain(one.contentHash);
    expect(hashes()).toContain(two.contentHash);
  });

  it('is never written to: what others say does not come back into it', async () => {
    await world.sync([account(1, 0, person), account(2, 1, person)], { runKind: 'initial' });
    await world.sync([account(1, 0, blank, anonymous)]);

    await world.sync([account(2, 1, { ...person, phone: '0318-333333' })]);

    expect(world.writeIntents.all().filter(({ sourceRelationId }) => sourceRelationId === idOf(1))).toEqual(
      [],
    );
    expect((await world.relationOf(idOf(1))).values.phone).toBe('0318-333333');
  });
});
