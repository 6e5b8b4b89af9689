import { beforeEach, describe, expect, it } from 'vitest';
import { createIssuesOf } from '../issues/index.js';
import type { Actor } from '../kernel/index.js';
import type { AccountWrite } from '../sync/index.js';
import { anAddress, aRelationsWorld, aSourceRelation, idOf, type RelationsWorld } from '../testing/index.js';
import { askAboutAlike } from './ask-about-alike.js';
import { awaitingAnswer } from './awaiting-answer.js';
import { decideProposal } from './decide-proposal.js';
import { shownVersion } from './proposal.js';
import type { Relation } from './relation.js';
import { undoAction } from './undo-action.js';
import { useRelation } from './use-relation.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };

let world: RelationsWorld;
let wanted: Relation;
let there: Relation;
beforeEach(async () => {
  world = aRelationsWorld(2);
  const account = (id: number, company: number, shared: object) =>
    aSourceRelation({ id: idOf(id), administrationId: world.companies[company]!.id, shared }); // there are two
  const eik = { name: 'De Eik B.V.', kvk: '99000031', address: anAddress('Kade 1') };
  await world.sync([account(1, 0, eik), account(2, 1, { name: 'Plein Techniek', phone: '0318-222222' })], {
    runKind: 'initial',
  });
  [wanted, there] = [await world.relationOf(idOf(1)), await world.relationOf(idOf(2))];
  expect(world.proposals.open()).toEqual([]);
});

const utrecht = () => world.companies[1]!.id;
const create = () => world.writeIntents.all()[0] as AccountWrite;
const told = () => world.issues.findOpenCauseKeys('account-alike');

/** A create that ended because the account there may be the same. */
async function alikeFound() {
  await useRelation(world.deps, {
    ...{ tenantId: world.tenantId, relationId: wanted.id },
    ...{ administrationId: utrecht(), actor: anna },
  });
  const failure = { kind: 'alike', message: idOf(2) };
  await world.writeIntents.save({ ...create(), state: 'failed', attempts: 1, failure, patch: {} });
  const causeKey = createIssuesOf(wanted.id, utrecht()).at(-1)!; // there are four
  const params = { intentId: create().id };
  await world.issues.report(
    [{ cause: 'account-alike', causeKey, administrationId: utrecht(), params }],
    world.deps.now(),
  );
  await ask();
}

const ask = () =>
  world.uow.run(world.tenantId, async (tx) => {
    const [account] = await tx.sourceRelations.findMany([idOf(2) as never]);
    await askAboutAlike(
      tx,
      { relationId: wanted.id, account: account! },
      { ...world.deps, now: world.deps.now() },
    );
    return { ok: true, value: undefined } as const;
  });

async function decide(verdict: 'same' | 'different' | 'unsure') {
  const [proposal] = world.proposals.open();
  const relations = await world.relations.findMany([wanted.id, there.id]);
  const decided = await decideProposal(world.deps, {
    ...{ tenantId: world.tenantId, proposalId: proposal!.id, verdict, actor: anna },
    version: shownVersion(proposal!, relations),
  });
  if (!decided.ok) throw new Error(decided.error.kind);
  return decided.value.actionId;
}

/** One of a plan that waits for the answer. */
async function oneWaits() {
  await alikeFound();
  await world.issues.resolve(await told(), world.deps.now(), anna.name);
  const dueAt = new Date(world.deps.now().getTime() + 80_000_000);
  const waiting = { state: 'planned', purpose: 'plan', failure: awaitingAnswer, attempts: 0, dueAt } as const;
  await world.writeIntents.save({ ...create(), ...waiting });
}

describe('an account of a plan that waits for the answer', () => {
  it('goes out when a person says that it is not the same', async () => {
    await oneWaits();
    await decide('different');
    expect(create().dueAt.getTime()).toBeLessThanOrEqual(world.deps.now().getTime());
    expect(world.outbox.messages().at(-1)).toEqual({ kind: 'send-write', intentId: create().id });
  });

  it('goes on waiting while a person is not sure', async () => {
    await oneWaits();
    const before = create();
    await decide('unsure');
    expect(create()).toEqual(before);
  });

  it('is not made when a person says that it is the same; with that taken back it waits again', async () => {
    await oneWaits();
    const actionId = await decide('same');
    expect(create()).toMatchObject({ state: 'superseded', failure: null });
    const undone = await undoAction(world.deps, { tenantId: world.tenantId, actionId, actor: anna });
    expect(undone.ok).toBe(true);
    expect(create()).toMatchObject({ state: 'planned', relationId: wanted.id });
    expect(world.proposals.open()).toHaveLength(1); // which holds it
  });
});

describe('an account that may be the one that was to be made', () => {
  it('is asked about once, of the two accounts', async () => {
    await alikeFound();
    await ask();
    expect(world.proposals.open()).toMatchObject([
      { kind: 'match', sourceA: idOf(1), sourceB: idOf(2), relationA: wanted.id, relationB: there.id },
    ]);
  });

  it('leads to a new one after all when a person says that it is not the same', async () => {
    await alikeFound();
    await decide('different');

    expect(create()).toMatchObject({ state: 'planned', attempts: 1, failure: null });
    expect(world.outbox.messages().at(-1)).toEqual({ kind: 'send-write', intentId: create().id });
    expect(await told()).toEqual([]);
  });

  it('is the account when a person says so, and nothing is made', async () => {
    await alikeFound();
    await decide('same');
    expect(create().state).toBe('failed');
    expect(await told()).toEqual([]);
  });

  it('stays in question while a person is not sure, and is not asked about again', async () => {
    await alikeFound();
    await decide('unsure');
    await ask();
    expect(world.proposals.open()).toEqual([]);
    expect(create().state).toBe('failed');
    expect(await told()).toHaveLength(1);
  });

  it('leads to no second one when it was asked for again meanwhile', async () => {
    await alikeFound();
    const again = { ...create(), id: idOf(99) as never, state: 'planned' as const };
    await world.writeIntents.addMany([again]);
    await decide('different');
    expect(create().state).toBe('failed');
    expect(await told()).toEqual([]);
  });
});
