import { beforeEach, describe, expect, it } from 'vitest';
import { createIssuesOf } from '../issues/index.js';
import { asId, type ActionId, type Actor, type RelationId } from '../kernel/index.js';
import type { AccountWrite, WriteIntent } from '../sync/index.js';
import { aRelationsWorld, aSourceRelation, idOf, type RelationsWorld } from '../testing/index.js';
import { decideProposal } from './decide-proposal.js';
import { shownVersion } from './proposal.js';
import type { Relation } from './relation.js';
import { undoAction } from './undo-action.js';
import { useRelation } from './use-relation.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };

let world: RelationsWorld;
let survivor: Relation;
let loser: Relation;
beforeEach(async () => {
  world = aRelationsWorld(3);
  const account = (id: number, company: number) =>
    aSourceRelation({
      id: idOf(id),
      administrationId: world.companies[company]!.id, // every spec has three
      shared: { name: 'De Eik B.V.', kvk: '99000031' },
    });
  await world.sync([account(1, 0), account(2, 1)], { runKind: 'initial', contactHandling: 'manual' });
  [survivor, loser] = [await world.relationOf(idOf(1)), await world.relationOf(idOf(2))];
});

const third = () => world.companies[2]!.id;
const use = (relationId: RelationId, administrationId = third()) =>
  useRelation(world.deps, { tenantId: world.tenantId, relationId, administrationId, actor: anna });
const creates = () => world.writeIntents.all().filter(({ kind }) => kind === 'create') as AccountWrite[];

async function merge() {
  const [proposal] = world.proposals.open();
  const relations = await world.relations.findMany([survivor.id, loser.id]);
  const decided = await decideProposal(world.deps, {
    tenantId: world.tenantId,
    proposalId: proposal!.id,
    version: shownVersion(proposal!, relations),
    verdict: 'same',
    actor: anna,
  });
  expect(decided).toMatchObject({ ok: true, value: { relationId: survivor.id } });
  if (!decided.ok) throw new Error('refused');
  return decided.value.actionId;
}

async function undo(actionId: ActionId) {
  const undone = await undoAction(world.deps, { tenantId: world.tenantId, actionId, actor: anna });
  expect(undone).toMatchObject({ ok: true });
}

async function leaveAs(intent: AccountWrite, changes: Partial<AccountWrite>) {
  await world.writeIntents.save({ ...intent, ...changes });
}

/** Both are to get an account in the third administration. */
async function useBoth(states: Readonly<Record<'survivor' | 'loser', WriteIntent['state']>>) {
  await use(survivor.id);
  await use(loser.id);
  const [ofSurvivor, ofLoser] = creates();
  await world.writeIntents.save({ ...ofSurvivor!, state: states.survivor });
  await world.writeIntents.save({ ...ofLoser!, state: states.loser });
}

describe('a merge of relations of which accounts are being made', () => {
  it('makes the account of the loser for the survivor, once, however often it is asked afterwards', async () => {
    await use(loser.id);
    await merge();

    expect(creates()).toMatchObject([{ relationId: survivor.id, state: 'planned' }]);
    expect(await use(loser.id)).toMatchObject({ value: { state: 'requested', relationId: survivor.id } });
    expect(creates()).toHaveLength(1);
  });

  it.each([
    { survivor: 'planned', loser: 'planned', after: ['planned', 'superseded'] },
    { survivor: 'sent', loser: 'planned', after: ['sent', 'superseded'] },
    { survivor: 'planned', loser: 'uncertain', after: ['superseded', 'uncertain'] },
  ] as const)('leaves one of two, the one that may have arrived: $survivor, $loser', async (states) => {
    await useBoth(states);
    await merge();

    expect(creates().map(({ state }) => state)).toEqual(states.after);
    const [open] = creates().filter(({ state }) => state !== 'superseded');
    expect(open?.relationId).toBe(survivor.id);
  });

  it('lets both go on that may have arrived already', async () => {
    await useBoth({ survivor: 'sent', loser: 'sent' });
    await merge();
    expect(creates()).toMatchObject([
      { relationId: survivor.id, state: 'sent' },
      { relationId: loser.id, state: 'sent' },
    ]);
  });

  it('closes what was told of an account that the other one has', async () => {
    const administrationId = world.companies[0]!.id;
    const told = (relationId: RelationId) => createIssuesOf(relationId, administrationId).at(-1)!; // there are four
    const trouble = { cause: 'account-alike', administrationId, params: {} } as const;
    await world.issues.report([{ ...trouble, causeKey: told(loser.id) }], world.deps.now());
    await merge();
    expect(await world.issues.findOpenCauseKeys('account-alike')).toEqual([]);
  });

  it('keeps what was told of a third administration', async () => {
    const causeKey = createIssuesOf(survivor.id, asId(idOf(99)))[0]!;
    const trouble = { cause: 'write-refused', administrationId: asId<never>(idOf(99)), params: {} } as const;
    await world.issues.report([{ ...trouble, causeKey }], world.deps.now());
    await merge();
    expect(await world.issues.findOpenCauseKeys('write-refused')).toEqual([causeKey]);
  });
});

describe('undoing a merge of relations of which accounts were being made', () => {
  it('gives the account that was to be made back to its relation', async () => {
    await use(loser.id);
    await undo(await merge());
    expect(creates()).toMatchObject([{ relationId: loser.id, state: 'planned' }]);
  });

  it('makes both again where one was enough for the merged relation', async () => {
    await use(survivor.id);
    await use(loser.id);
    await undo(await merge());
    expect(creates()).toMatchObject([
      { relationId: survivor.id, state: 'planned' },
      { relationId: loser.id, state: 'planned' },
    ]);
  });

  it('gives one back of which it is unknown whether it arrived, and plans the one that it replaced again', async () => {
    await useBoth({ survivor: 'planned', loser: 'uncertain' });
    await undo(await merge());
    expect(creates()).toMatchObject([
      { relationId: survivor.id, state: 'planned' },
      { relationId: loser.id, state: 'uncertain' },
    ]);
  });

  it.each(['sent', 'uncertain'] as const)(
    'gives one back that had gone out before the merge, whatever its answer is by now: %s',
    async (state) => {
      await use(loser.id);
      await leaveAs(creates()[0]!, { state: 'sent' });
      const act = await merge();
      await leaveAs(creates()[0]!, { state });
      await undo(act);
      expect(creates()).toMatchObject([{ relationId: loser.id, state }]);
      expect(await world.issues.findOpen('account-kept:')).toEqual([]);
    },
  );

  it('plans one again that was given up because the other one, gone out too, arrived', async () => {
    await useBoth({ survivor: 'sent', loser: 'sent' });
    const act = await merge();
    const [ofSurvivor, ofLoser] = creates();
    await leaveAs(ofSurvivor!, { state: 'confirmed' });
    await leaveAs(ofLoser!, { state: 'superseded' });
    await undo(act);
    expect(creates()).toMatchObject([
      { relationId: survivor.id, state: 'confirmed' },
      { relationId: loser.id, state: 'planned' },
    ]);
  });

  it('says so where the account that was made for it is linked to the survivor', async () => {
    await useBoth({ survivor: 'sent', loser: 'sent' });
    const act = await merge();
    const [ofSurvivor, ofLoser] = creates();
    const made = aSourceRelation({ id: idOf(3), administrationId: third() });
    world.sourceRelations.put(made);
    const link = { role: 'customer', state: 'linked', origin: 'automatic', isAlias: false } as const;
    await world.links.putMany([
      { ...link, sourceRelationId: made.id, relationId: survivor.id, linkedAt: world.deps.now() },
    ]);
    await leaveAs(ofSurvivor!, { state: 'superseded' });
    await leaveAs(ofLoser!, { state: 'confirmed', sourceRelationId: made.id });
    await undo(act);
    expect(await world.issues.findOpenCauseKeys('account-kept:')).toEqual([
      `account-kept:${loser.id}:${third()}`,
    ]);
  });

  it('plans one again that failed meanwhile without arriving', async () => {
    await use(loser.id);
    const act = await merge();
    await leaveAs(creates()[0]!, { state: 'failed', failure: { kind: 'refused', message: 'no' } });
    await undo(act);
    expect(creates()).toMatchObject([{ relationId: loser.id, state: 'planned', failure: null }]);
  });

  it.each(['sent', 'uncertain', 'confirmed'] as const)(
    'leaves one with the survivor that went out meanwhile, and says so: %s',
    async (state) => {
      await use(loser.id);
      const act = await merge();
      await leaveAs(creates()[0]!, { state });
      await undo(act);
      expect(creates()).toMatchObject([{ relationId: survivor.id, state }]);
      const told = await world.issues.findOpen('account-kept:');
      expect(told).toMatchObject([
        { causeKey: `account-kept:${loser.id}:${third()}`, params: { name: 'De Eik B.V.' } },
      ]);
    },
  );
});

describe('a merge of relations of which an account was not made, because one there may be the same', () => {
  async function alikeFound(relationId: RelationId) {
    await use(relationId);
    const create = creates().find((one) => one.relationId === relationId)!;
    await leaveAs(create, { state: 'failed', failure: { kind: 'alike', message: idOf(9) } });
    const causeKey = createIssuesOf(relationId, third()).at(-1)!; // there are four
    const params = { intentId: create.id, name: 'Eik' };
    const trouble = { cause: 'account-alike', causeKey, administrationId: third(), params } as const;
    await world.issues.report([trouble], world.deps.now());
  }
  const told = () => world.issues.findOpenCauseKeys('account-alike');

  it('waits for the answer about the merged relation', async () => {
    await alikeFound(loser.id);
    await merge();
    expect(creates()).toMatchObject([{ relationId: survivor.id, state: 'failed' }]);
    expect(await world.issues.findOpen('account-alike:')).toMatchObject([
      {
        causeKey: `account-alike:${survivor.id}:${third()}`,
        params: { intentId: creates()[0]!.id, name: 'Eik' },
      },
    ]);
  });

  it('waits once where both wait', async () => {
    await alikeFound(survivor.id);
    await alikeFound(loser.id);
    await merge();
    expect(await world.issues.findOpen('account-alike:')).toMatchObject([
      { causeKey: `account-alike:${survivor.id}:${third()}`, occurrences: 1 },
    ]);
  });

  it('is done with where the other one gets an account', async () => {
    await use(survivor.id);
    await alikeFound(loser.id);
    await merge();
    expect(await told()).toEqual([]);
  });

  it('is looked at again for its own relation when the merge is undone', async () => {
    await alikeFound(loser.id);
    await undo(await merge());
    expect(creates()).toMatchObject([{ relationId: loser.id, state: 'planned', failure: null }]);
    expect(await told()).toEqual([]);
    expect(world.outbox.messages().at(-1)).toEqual({ kind: 'send-write', intentId: creates()[0]!.id });
  });
});
