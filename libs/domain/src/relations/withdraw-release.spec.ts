import { beforeEach, describe, expect, it } from 'vitest';
import { asId, type ActionId, type Actor } from '../kernel/index.js';
import { anAddress, aRelationsWorld, aSourceRelation, idOf, type RelationsWorld } from '../testing/index.js';
import { compareHere } from './compare-here.js';
import { decideProposal } from './decide-proposal.js';
import { nothingLearnt, type LearntModel } from './matching/index.js';
import { shownVersion } from './proposal.js';
import { undoAction } from './undo-action.js';
import { unlinkSource } from './unlink-source.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };
/** Asked about unless answers to others made that needless. */
const moved = [
  { name: 'Tozenvira B.V.', iban: 'NL91ABNA0417164300' },
  { name: 'Lumiraket B.V.', iban: 'NL20INGB0001234567' },
] as const;

describe('what answers have released', () => {
  let world: RelationsWorld;
  beforeEach(() => {
    world = aRelationsWorld(2);
  });

  /** One company that moved, first in one administration and then as a new record of the other. */
  async function comesIn(number: 0 | 1) {
    const { name, iban } = moved[number];
    const places = [
      anAddress('Dorpsstraat 1', '3811AB', 'Amersfoort'),
      anAddress('Havenkade 9', '9711CD', 'Groningen'),
    ];
    for (const [company, address] of places.entries()) {
      const id = idOf(10 * (number + 1) + company);
      const administrationId = world.companies[company]!.id; // there are two
      const source = aSourceRelation({ id, administrationId, shared: { name, address } });
      await world.sync([source], { ibans: { [id]: [iban] } });
    }
    return { open: world.proposals.open().length, relation: await world.relationOf(idOf(10 * (number + 1))) };
  }

  async function answer(verdict: 'same' | 'different' | 'unsure'): Promise<ActionId> {
    const proposal = world.proposals.open()[0]!; // the specs made one
    const relations = await world.relations.findMany([proposal.relationA, proposal.relationB]);
    const decided = await decideProposal(world.deps, {
      tenantId: world.tenantId,
      proposalId: proposal.id,
      version: shownVersion(proposal, relations),
      verdict,
      actor: anna,
    });
    if (!decided.ok) throw new Error(decided.error.kind);
    return decided.value.actionId;
  }

  const learn = () =>
    world.matchModel.put(asId(idOf(800)), { ...nothingLearnt, released: { 'hold-other-address': 5 } });

  it('joins a new record by itself, also after an answer "not sure"', async () => {
    await world.sync([], { runKind: 'initial' });
    expect(await comesIn(0)).toMatchObject({ open: 1 });
    await learn();
    await answer('unsure');

    expect(await comesIn(1)).toMatchObject({ open: 0 });
  });

  it('is asked again of a new record once a person says "not the same"', async () => {
    await world.sync([], { runKind: 'initial' });
    await comesIn(0);
    await learn();
    await answer('different');

    expect(await comesIn(1)).toMatchObject({ open: 1 });
  });

  it('is asked again once an answer "same" is taken back', async () => {
    await world.sync([], { runKind: 'initial' });
    await comesIn(0);
    const actionId = await answer('same');
    await learn();
    await undoAction(world.deps, { tenantId: world.tenantId, actionId, actor: anna });

    expect(await comesIn(1)).toMatchObject({ open: 2 });
  });

  describe('when it is set aside', () => {
    const setAside = { 'aside/form': 99 };
    const both = { ...setAside, 'hold-other-address': 5 };
    const learnBoth = () => world.matchModel.put(asId(idOf(800)), { ...nothingLearnt, released: both });
    const released = async () => (await world.matchModel.find())?.released;
    const undo = (actionId: ActionId) =>
      undoAction(world.deps, { tenantId: world.tenantId, actionId, actor: anna });
    beforeEach(async () => {
      await world.sync([], { runKind: 'initial' });
      await comesIn(0);
    });

    it('stays so after a "same" on a question of another kind, and what is joined stays joined', async () => {
      await learnBoth();
      await answer('same');

      expect(await released()).toEqual(both);
    });

    it('is asked again once a person says "the same" of a question whose kind nobody noted', async () => {
      await learnBoth();
      await world.proposals.saveMany(
        world.proposals.open().map((proposal) => ({ ...proposal, questionKind: null })),
      );
      await answer('same');

      expect(await released()).toEqual({ 'hold-other-address': 5 });
    });

    it.each([
      { of: 'its kind', questionKind: 'aside/form', stays: { 'hold-other-address': 5 } },
      { of: 'a kind that nobody noted', questionKind: null, stays: { 'hold-other-address': 5 } },
      { of: 'another kind', questionKind: 'aside/place', stays: both },
    ])('sees an answer "not the same" of $of taken back', async ({ questionKind, stays }) => {
      await world.proposals.saveMany(
        world.proposals.open().map((proposal) => ({ ...proposal, questionKind })),
      );
      const actionId = await answer('different');
      await learnBoth();
      await undo(actionId);

      expect(await released()).toEqual(stays);
    });

    it('stays so after one more "not the same"', async () => {
      await learnBoth();
      await answer('different');

      expect(await released()).toEqual(setAside);
    });

    it('stays so after a "same" is taken back', async () => {
      const actionId = await answer('same');
      await learnBoth();
      await undo(actionId);

      expect(await released()).toEqual(setAside);
    });

    const learnBothWhile = (act: () => Promise<unknown>) => learnWhile(act, both);

    it('is not learnt by a comparison during which a person says "the same"', async () => {
      await learnBothWhile(() => answer('same'));

      expect(await released()).toEqual({ 'hold-other-address': 5 });
    });

    it('is not learnt by a comparison during which an answer "not the same" is taken back', async () => {
      const actionId = await answer('different');
      await learnBothWhile(() => undo(actionId));

      expect(await released()).toEqual({ 'hold-other-address': 5 });
    });

    it('is learnt by a comparison during which a person says "not the same"', async () => {
      await learnBothWhile(() => answer('different'));

      expect(await released()).toEqual(setAside);
    });
  });

  /** Compares everything, which learns a release, while a person does something. */
  const learnWhile = (
    act: () => Promise<unknown>,
    released: LearntModel['released'] = { 'hold-other-address': 5 },
  ) =>
    world.compare(asId(idOf(801)), {
      runKind: 'initial',
      compareAccounts: (input, use) =>
        compareHere(input, async (findings) => {
          await act();
          return use({ ...findings, learnt: { ...findings.learnt, released } });
        }),
    });

  it('holds when a person says "not sure" while everything is compared', async () => {
    await comesIn(0);
    await learnWhile(() => answer('unsure'));

    expect((await world.matchModel.find())?.released).toEqual({ 'hold-other-address': 5 });
  });

  it('is not learnt by a comparison during which a person says "not the same"', async () => {
    await comesIn(0);
    await learnWhile(() => answer('different'));

    expect((await world.matchModel.find())?.released).toEqual({});
  });

  it('is learnt when "not the same" was said before the comparison', async () => {
    await comesIn(0);
    await answer('different');
    await learnWhile(async () => undefined);

    expect((await world.matchModel.find())?.released).toEqual({ 'hold-other-address': 5 });
  });

  it('is not learnt by a comparison during which an answer "same" is taken back', async () => {
    await comesIn(0);
    const actionId = await answer('same');
    await learnWhile(() => undoAction(world.deps, { tenantId: world.tenantId, actionId, actor: anna }));

    expect((await world.matchModel.find())?.released).toEqual({});
  });

  it.each(['unlinked', 'undone'])('is asked again once what it joined is %s', async (how) => {
    await world.sync([], { runKind: 'initial' });
    await learn();
    const { open, relation } = await comesIn(0);
    expect(open).toBe(0);
    const { tenantId } = world;
    const { id: relationId, version } = relation;
    const [act] = world.actions.all().filter(({ kind }) => kind === 'merge-automatic');
    const done =
      how === 'undone'
        ? await undoAction(world.deps, { tenantId, actionId: act!.id, actor: anna }) // joined above
        : await unlinkSource(world.deps, {
            tenantId,
            relationId,
            version,
            sourceRelationId: asId(idOf(11)),
            actor: anna,
          });
    expect(done).toMatchObject({ ok: true });

    expect(await comesIn(1)).toMatchObject({ open: 1 });
  });
});
