import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor, SourceRelationId } from '../kernel/index.js';
import { aRelationsWorld, aSourceRelation, idOf, type RelationsWorld } from '../testing/index.js';
import type { WriteIntent } from '../sync/index.js';
import { editRelation } from './edit-relation.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };
const [old, first, second] = ['0318-100000', '0318-100001', '0318-100002'] as const;

describe('what Koppel itself writes', () => {
  let world: RelationsWorld;
  beforeEach(async () => {
    world = aRelationsWorld(2);
    await world.sync([account(1, old), account(2, old)], { runKind: 'initial' });
  });

  function account(id: number, phone: string | null) {
    const administrationId = world.companies[id - 1]!.id; // every spec has two
    const shared = { name: 'De Eik B.V.', kvk: '99000031', phone };
    return aSourceRelation({ id: idOf(id), administrationId, shared });
  }

  async function edit(phone: string) {
    const { id, version } = await world.relationOf(idOf(1));
    const command = { tenantId: world.tenantId, relationId: id, version, values: { phone }, actor: anna };
    expect((await editRelation(world.deps, command)).ok).toBe(true);
  }

  /** A worker has taken what waits for the account, and its answer is not known here. */
  async function send(id: number, state: WriteIntent['state'] = 'sent') {
    const [next] = await world.writeIntents.findOpenOf([idOf(id) as SourceRelationId]); // made by idOf
    if (!next) throw new Error(`nothing waits for ${id}`);
    await world.writeIntents.save({ ...next, state });
  }

  const phone = async () => (await world.relationOf(idOf(1))).values.phone;
  const meantFor = async (id: number) =>
    (await world.writeIntents.findOpenOf([idOf(id) as SourceRelationId])).map(({ state, patch }) => [
      state,
      patch.phone,
    ]);

  it('is followed by the old value when a person takes it back while it is under way', async () => {
    await edit(first);
    await send(1);

    await edit(old);

    expect(await meantFor(1)).toEqual([
      ['sent', first],
      ['planned', old],
    ]);
    expect(await meantFor(2)).toEqual([]);
  });

  it('is nobody’s edit when a resync meets it before its answer is known', async () => {
    await edit(first);
    await send(1, 'uncertain');
    await edit(second);

    expect(await world.sync([account(1, first)])).toMatchObject({ conflicts: 0, writes: 0 });

    expect(await phone()).toBe(second);
    expect(await meantFor(1)).toEqual([
      ['uncertain', first],
      ['planned', second],
    ]);
  });

  it('does not hide an edit of somebody else in Exact', async () => {
    await edit(first);
    await send(1, 'uncertain');

    expect(await world.sync([account(1, '0318-999999')])).toMatchObject({ conflicts: 1 });
  });

  it.each(['sent', 'uncertain'] as const)(
    'is not repeated over an edit of somebody else when it is %s',
    async (state) => {
      await edit(first);
      await send(1, state);
      await world.sync([account(1, '0318-999999')]);

      expect(await meantFor(1)).toEqual([['uncertain', undefined]]);
      expect(await meantFor(2)).toEqual([['planned', first]]);
    },
  );

  it('is replaced where it still waits when the value that it had to bring was overtaken', async () => {
    await world.sync([account(1, first)]);
    expect(await meantFor(2)).toEqual([['planned', first]]);

    await world.sync([account(1, old)]);

    expect(await phone()).toBe(old);
    expect(await meantFor(2)).toEqual([]);
  });

  it('is followed where it is under way when the value that it had to bring was overtaken', async () => {
    await world.sync([account(1, first)]);
    await send(2);

    await world.sync([account(1, old)]);

    expect(await meantFor(2)).toEqual([
      ['sent', first],
      ['planned', old],
    ]);
  });

  it('goes on to an account of which Exact was emptied: empty never wins over filled', async () => {
    await edit(first);

    expect(await world.sync([account(1, null)])).toMatchObject({ conflicts: 0 });

    expect(await meantFor(1)).toEqual([['planned', first]]);
  });
});
