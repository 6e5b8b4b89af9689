import { beforeEach, describe, expect, it } from 'vitest';
import { asId, type Actor, type SourceRelationId } from '../kernel/index.js';
import { anAddress, aRelationsWorld, aSourceRelation, idOf, type RelationsWorld } from '../testing/index.js';
import { decideProposal } from './decide-proposal.js';
import type { SharedValues } from './fields.js';
import { nothingLearnt } from './matching/index.js';
import { shownVersion } from './proposal.js';
import { undoAction } from './undo-action.js';
import { unlinkSource } from './unlink-source.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };
const oak = { name: 'De Eik Bouw B.V.', kvk: '99000031', address: anAddress('Kade 9', '1234 AB', 'Zwolle') };

describe('a decision of a person', () => {
  let world: RelationsWorld;
  beforeEach(async () => {
    world = aRelationsWorld(3);
    await world.sync([account(1, 0, oak), account(2, 1, oak)], { runKind: 'initial' });
  });

  function account(id: number, company: number, shared: Partial<SharedValues>) {
    const administrationId = world.companies[company]!.id; // there are three
    return aSourceRelation({ id: idOf(id), administrationId, shared });
  }
  const home = async (id: number) => (await world.relationOf(idOf(id))).id;
  const areOne = async () => (await home(1)) === (await home(2));
  const isAsked = () =>
    world.proposals.open().some(({ sourceA, sourceB }) => sourceA === idOf(1) && sourceB === idOf(2));

  /** The accounts as they are, beside what happens to them later. */
  const later: readonly [string, () => Promise<unknown>][] = [
    ['a resync without changes', () => world.sync([])],
    [
      'a resync that makes them even more alike',
      () =>
        world.sync(
          [1, 2].map((id) => account(id, id - 1, { ...oak, phone: '0381234567', email: 'post@eik.test' })),
        ),
    ],
    ['everything compared anew', () => world.sync([], { runKind: 'initial' })],
    [
      'an administration that is added, with the same relation',
      () => world.sync([account(3, 2, oak)], { runKind: 'addition' }),
    ],
    [
      'an account that is deleted in Exact and comes back',
      async () => {
        await world.sync([{ ...account(2, 1, oak), state: 'deleted' }]);
        await world.sync([account(2, 1, oak)]);
      },
    ],
    [
      'another version of the matcher',
      async () => {
        await world.matchModel.put(asId(idOf(800)), { ...nothingLearnt, version: '0.0.1' });
        await world.sync([account(1, 0, { ...oak, phone: '0381234567' })]);
      },
    ],
  ];

  describe('"not the same", by undoing what was joined by itself', () => {
    beforeEach(async () => {
      expect(await areOne()).toBe(true);
      const act = world.actions.all().find(({ kind }) => kind === 'merge-automatic');
      const undone = await undoAction(world.deps, {
        tenantId: world.tenantId,
        actionId: act!.id,
        actor: anna,
      });
      expect(undone.ok).toBe(true);
      expect(await areOne()).toBe(false);
    });

    it.each(later)('outlasts %s', async (_, happens) => {
      await happens();
      expect(await areOne()).toBe(false);
      expect(isAsked()).toBe(false);
    });
  });

  describe('"not the same", by taking an account out', () => {
    beforeEach(async () => {
      const { id: relationId, version } = await world.relationOf(idOf(1));
      const out = await unlinkSource(world.deps, {
        ...{ tenantId: world.tenantId, relationId, version, actor: anna },
        sourceRelationId: asId<SourceRelationId>(idOf(2)),
      });
      expect(out.ok).toBe(true);
    });

    it.each(later)('outlasts %s', async (_, happens) => {
      await happens();
      expect(await areOne()).toBe(false);
      expect(isAsked()).toBe(false);
    });
  });

  describe('"same" of two that a veto keeps apart', () => {
    const other = { ...oak, kvk: '99000099' };
    beforeEach(async () => {
      world = aRelationsWorld(3);
      const all = { phone: '0381234567', email: 'post@eik.test' };
      await world.sync([account(1, 0, { ...oak, ...all }), account(2, 1, { ...other, ...all })], {
        runKind: 'initial',
      });
      const [asked] = world.proposals.open();
      const relations = await world.relations.findMany([asked!.relationA, asked!.relationB]);
      const decided = await decideProposal(world.deps, {
        ...{ tenantId: world.tenantId, proposalId: asked!.id, verdict: 'same', actor: anna },
        version: shownVersion(asked!, relations),
      });
      expect(decided.ok).toBe(true);
    });

    it.each(later.filter(([what]) => !what.startsWith('an account that is deleted')))(
      'outlasts %s',
      async (_, happens) => {
        await happens();
        expect(await areOne()).toBe(true);
        expect(isAsked()).toBe(false);
      },
    );
  });
});
