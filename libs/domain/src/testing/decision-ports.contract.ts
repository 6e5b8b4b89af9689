import { beforeEach, describe, expect, it } from 'vitest';
import { asId } from '../kernel/index.js';
import {
  emptyPicture,
  type ActionsTx,
  type ConflictsTx,
  type FreezeTx,
  type JudgementsTx,
  type ProposalsTx,
} from '../relations/index.js';
import { idOf } from './a-relations-world.js';
import {
  aConflict,
  actionId,
  aJudgement,
  anAction,
  aProposal,
  at,
  relation,
  source,
} from './decision-rows.js';

/** The ports, and what the steps of the coupling do: they freeze contacts. */
export interface DecisionPortsWorld extends JudgementsTx, ProposalsTx, ActionsTx, ConflictsTx, FreezeTx {
  freezeContacts(): Promise<void>;
}

/** What every adapter of the ports of decisions does. `make` gives an empty world. */
export function describeDecisionPortsContract(make: () => Promise<DecisionPortsWorld>): void {
  let world: DecisionPortsWorld;
  beforeEach(async () => {
    world = await make();
  });

  describe('Judgements', () => describeJudgements(() => world));
  describe('Proposals', () => describeProposals(() => world));
  describe('Actions', () => describeActions(() => world));
  describe('Conflicts', () => describeConflicts(() => world));
  describe('Freeze', () => {
    it('is off until the coupling freezes contacts', async () => {
      expect(await world.freeze.isFrozen()).toBe(false);
      await world.freezeContacts();
      expect(await world.freeze.isFrozen()).toBe(true);
    });
  });
}

function describeJudgements(world: () => DecisionPortsWorld): void {
  it('gives the newest word on each pair', async () => {
    const newest = aJudgement(3, { verdict: 'different' });
    const other = aJudgement(2, { sourceA: source(2), sourceB: source(3) });
    await world().judgements.addMany([newest, aJudgement(1), other]);

    expect(await world().judgements.findLatest()).toEqual([newest, other]);
    expect(await world().judgements.findLatestOf([source(1)])).toEqual([newest]);
    expect(await world().judgements.findLatestOf([source(3)])).toEqual([other]);
    expect(await world().judgements.findLatestOf([])).toEqual([]);
  });

  it('lets the later of two words in one moment count', async () => {
    const [first, second] = [aJudgement(1), aJudgement(2, { at: at(1), verdict: 'unsure' })];
    await world().judgements.addMany([second, first]);

    expect(await world().judgements.findLatest()).toEqual([second]);
  });
}

function describeProposals(world: () => DecisionPortsWorld): void {
  it('asks about a pair once at a time', async () => {
    expect(await world().proposals.addMany([aProposal(1), aProposal(3)])).toBe(2);
    const again = aProposal(5, { sourceA: source(1), sourceB: source(2) });
    expect(await world().proposals.addMany([again])).toBe(0);

    await world().proposals.saveMany([
      aProposal(1, { state: 'different', decidedByName: 'Anna', decidedAt: at(4), version: 2 }),
    ]);
    expect(await world().proposals.addMany([again])).toBe(1);
    expect(await world().proposals.findById(again.id)).toEqual(again);
  });

  it('finds open ones by relation and by account, on either side', async () => {
    await world().proposals.addMany([aProposal(1), aProposal(3), aProposal(5, { state: 'same' })]);

    const { proposals } = world();
    const pair = (one: number, other: number) => ({ relationA: relation(one), relationB: relation(other) });
    const pairs = [pair(101, 102), pair(104, 103), pair(105, 106), pair(101, 104)];
    expect(await proposals.findOpenPairs(pairs)).toEqual([pair(101, 102), pair(104, 103)]);
    expect(await proposals.findOpenPairs([])).toEqual([]);
    expect(await proposals.findOpenOfRelationsForUpdate([relation(103), relation(101)])).toEqual([
      aProposal(1),
      aProposal(3),
    ]);
    expect(await proposals.findOpenOfRelations([relation(101)])).toEqual([aProposal(1)]);
    expect(await proposals.findOpenOfRelations([])).toEqual([]);
    expect(await proposals.findOpenOfSourcesForUpdate([source(4), source(5)])).toEqual([aProposal(3)]);
    expect(await proposals.findManyForUpdate([aProposal(5).id, aProposal(1).id])).toEqual([
      aProposal(1),
      aProposal(5, { state: 'same' }),
    ]);
    expect(await proposals.findByIdForUpdate(asId(idOf(9)))).toBeUndefined();
  });

  it('sets open matches of two accounts aside, and nothing else', async () => {
    const decided = aProposal(5, { state: 'same' });
    const double = aProposal(7, { kind: 'double' });
    await world().proposals.addMany([aProposal(1), aProposal(3), decided, double]);
    const mark = { questionKind: 'aside/form', reasons: [], vetoes: [] };
    const marks = [1, 5, 7].map((number) => ({ ...aProposal(number), ...mark }));

    expect(await world().proposals.setAside(marks)).toBe(1);
    expect(await world().proposals.setAside(marks)).toBe(0);
    expect(
      await world().proposals.findManyForUpdate([1, 3, 5, 7].map((number) => aProposal(number).id)),
    ).toEqual([aProposal(1, { ...mark, isAside: true, version: 2 }), aProposal(3), decided, double]);
    expect(await world().proposals.addMany([aProposal(9, { sourceA: source(1), sourceB: source(2) })])).toBe(
      0,
    );
  });

  it('finds matches of the kinds that may be set aside, the latest first, and sets open ones aside up to a score', async () => {
    const form = { questionKind: 'aside/form', score: 5 };
    const decided = aProposal(3, { ...form, state: 'different', actionId: asId(idOf(700)) });
    await world().proposals.addMany([
      aProposal(1, form),
      decided,
      aProposal(5, { ...form, score: 9 }),
      aProposal(7, { ...form, kind: 'double' }),
      aProposal(9, { questionKind: 'hold-no-proof', score: 5 }),
      aProposal(11, { questionKind: 'aside/name', score: 5 }),
      aProposal(13, { ...form, state: 'unsure' }),
    ]);
    const { proposals } = world();
    const { relationA, relationB, actionId } = decided;

    expect(await proposals.findOfAsideKinds(3)).toEqual([
      expect.objectContaining({ questionKind: 'aside/name', state: 'open' }),
      expect.objectContaining({ questionKind: 'aside/form', score: 9 }),
      { ...form, state: 'different', relationA, relationB, actionId },
    ]);
    expect(await proposals.findOfAsideKinds(9)).toHaveLength(4);
    const reason = { key: 'set-aside-form', params: { answers: 9 }, weight: 0 };
    expect(await proposals.setKindAside('aside/form', 5, reason)).toBe(1);
    expect(await proposals.findById(aProposal(1).id)).toEqual(
      aProposal(1, { ...form, isAside: true, reasons: [...aProposal(1).reasons, reason], version: 2 }),
    );
  });

  it('asks again what was set aside: between two relations, or all but some kinds', async () => {
    const aside = (number: number, questionKind: string | null) =>
      aProposal(number, { questionKind, isAside: true });
    await world().proposals.addMany([aside(1, 'aside/form'), aside(3, 'aside/name'), aside(5, null)]);
    const { proposals } = world();
    const stillAside = async () => {
      const all = await proposals.findManyForUpdate([1, 3, 5].map((number) => aProposal(number).id));
      return all.filter(({ isAside }) => isAside).map(({ questionKind }) => questionKind);
    };

    expect(await proposals.askAgainExcept(['aside/form', 'aside/name'])).toBe(1);
    expect(await stillAside()).toEqual(['aside/form', 'aside/name']);
    expect(await proposals.askAgainBetween([{ relationA: relation(102), relationB: relation(101) }])).toBe(1);
    expect(await stillAside()).toEqual(['aside/name']);
    expect(await proposals.askAgainExcept([])).toBe(1);
    expect(await stillAside()).toEqual([]);
  });

  it('counts what is open in a group of doubles', async () => {
    await world().proposals.addMany([
      aProposal(1, { groupKey: 'g' }),
      aProposal(3, { groupKey: 'g', state: 'same' }),
      aProposal(5),
    ]);

    expect(await world().proposals.countOpenInGroup('g')).toBe(1);
  });
}

function describeActions(world: () => DecisionPortsWorld): void {
  it('finds later acts on a relation, oldest first', async () => {
    const [first, second, third] = [
      anAction(1),
      anAction(2),
      anAction(3, { relationIds: [relation(12), relation(11)] }),
    ];
    await world().actions.addMany([third, first, second, anAction(4, { relationIds: [relation(13)] })]);

    expect(await world().actions.findLater(first, [relation(11)], 9)).toEqual([second, third]);
    expect(await world().actions.findLater(first, [relation(11)], 1)).toEqual([second]);
    expect(await world().actions.findLater(third, [relation(11)], 9)).toEqual([]);
    expect(await world().actions.findLater({ at: first.at }, [relation(11)], 9)).toEqual(
      [second, third].filter(({ at }) => at > first.at),
    );
    expect(await world().actions.findById(actionId(9))).toBeUndefined();
  });

  it('tells the acts of batches from those of one at a time', async () => {
    await world().actions.addMany([anAction(1), anAction(2, { batchId: actionId(9) })]);
    await world().actions.addMany([anAction(3, { batchId: actionId(9) })]);

    expect(await world().actions.findThoseOfBatches([actionId(1), actionId(2), actionId(8)])).toEqual([
      actionId(2),
    ]);
    expect(await world().actions.findThoseOfBatches([])).toEqual([]);
  });

  it('remembers which act took another back', async () => {
    await world().actions.addMany([anAction(1)]);
    await world().actions.markUndone(actionId(1), actionId(2));

    expect(await world().actions.findByIdForUpdate(actionId(1))).toEqual(
      anAction(1, { undoneBy: actionId(2) }),
    );
  });

  it('replaces the pictures of an act, and whether it can be undone, and nothing else', async () => {
    await world().actions.addMany([anAction(1), anAction(2)]);
    const sources = [{ id: source(7), contentHash: 'erased' }];
    const pictures = { before: { ...emptyPicture, sources }, after: emptyPicture, isUndoable: false };

    await world().actions.savePictures([{ ...anAction(1), ...pictures, actorName: 'somebody else' }]);

    expect(await world().actions.findById(actionId(1))).toEqual(anAction(1, pictures));
    expect(await world().actions.findById(actionId(2))).toEqual(anAction(2));
  });
}

function describeConflicts(world: () => DecisionPortsWorld): void {
  it('keeps one open conflict per relation and field', async () => {
    await world().conflicts.addMany([aConflict(2), aConflict(1, { field: 'email' })]);
    await expect(world().conflicts.addMany([aConflict(3)])).rejects.toThrow();

    const resolved = aConflict(2, { state: 'resolved', resolvedBy: 'Anna', resolvedAt: at(5), version: 2 });
    await world().conflicts.saveMany([resolved]);
    await world().conflicts.addMany([aConflict(3)]);
    expect(await world().conflicts.findOpenOfRelations([relation(11)])).toEqual([
      aConflict(1, { field: 'email' }),
      aConflict(3),
    ]);
    expect(await world().conflicts.findById(aConflict(2).id)).toEqual(resolved);
    expect(await world().conflicts.findByIdForUpdate(asId(idOf(9)))).toBeUndefined();
  });
}
