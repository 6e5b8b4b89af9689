import { ok, type Deps, type Result, type SourceRelationId } from '../kernel/index.js';
import type { Action } from './action.js';
import { createAfterAll } from './ask-about-alike.js';
import type { DecideProposal, DecideTx, DecisionDesk } from './decision-desk.js';
import { orderedPair } from './judgement.js';
import { learnFromAnswer, mayTeach } from './learn-from-answer.js';
import { takePicture } from './picture.js';
import type { Proposal } from './proposal.js';
import { judge, saidOf, verdictsOn } from './verdicts.js';

/** Proposals that the decision closed besides its own, and where the accounts belong now. */
export interface Decided {
  readonly relationId: Proposal['relationA'] | null;
  readonly closed: readonly Proposal[];
}

/**
 * "Not the same" holds for every pair of accounts that was shown, whatever a later comparison finds (product.md 3.5); "not
 * sure" for the one pair.
 */
export async function decideApart(
  tx: DecideTx,
  deps: Deps<DecideTx>,
  decision: {
    readonly desk: DecisionDesk;
    readonly command: DecideProposal;
    readonly verdict: 'different' | 'unsure';
  },
): Promise<Result<Decided, never>> {
  const { desk, command, verdict } = decision;
  const pairs =
    verdict === 'different'
      ? pairsBetween(desk)
      : [orderedPair(desk.proposal.sourceA, desk.proposal.sourceB)];
  const before = await verdictsOn(tx, pairs);
  if (verdict === 'different' && mayTeach(desk.proposal)) await tx.matchModel.hold();
  await judge(tx, {
    pairs,
    verdict,
    actionId: desk.actionId,
    actor: command.actor,
    now: desk.now,
    newId: deps.newId,
  });
  const decided = decidedProposal(desk, command, verdict);
  await tx.proposals.saveMany([decided]);
  const closed = verdict === 'different' ? await closeOthers(tx, desk, command) : [];

  const action = actionOf(desk, command, {
    kind: verdict === 'different' ? 'keep-apart' : 'unsure',
    before: takePicture({
      relations: [],
      proposals: [desk.proposal, ...closed.map(({ was }) => was)],
      verdicts: before,
    }),
    after: takePicture({
      relations: [],
      proposals: [decided, ...closed.map(({ is }) => is)],
      verdicts: saidOf(pairs, verdict),
    }),
  });
  await tx.actions.addMany([action]);
  if (verdict === 'different') await learnFromAnswer(tx, desk.proposal);
  if (verdict === 'different') await createAfterAll(tx, desk, command.actor.name);
  return ok({ relationId: null, closed: closed.map(({ was }) => was) });
}

function pairsBetween({ members }: DecisionDesk): (readonly [SourceRelationId, SourceRelationId])[] {
  const [left = [], right = []] = members;
  return left.flatMap((one) => right.map((other) => orderedPair(one.source.id, other.source.id)));
}

/** Other open questions between the same two relations are answered with this one. */
async function closeOthers(
  tx: DecideTx,
  desk: DecisionDesk,
  command: DecideProposal,
): Promise<{ was: Proposal; is: Proposal }[]> {
  const ids = desk.relations.map(({ id }) => id);
  const open = await tx.proposals.findOpenOfRelationsForUpdate(ids);
  const others = open.filter(
    (proposal) =>
      proposal.id !== desk.proposal.id &&
      ids.includes(proposal.relationA) &&
      ids.includes(proposal.relationB),
  );
  const closed = others.map((was) => ({ was, is: overtaken(was, desk, command) }));
  await tx.proposals.saveMany(closed.map(({ is }) => is));
  return closed;
}

/** A proposal that another decision answered. */
export function overtaken(proposal: Proposal, desk: DecisionDesk, command: DecideProposal): Proposal {
  return { ...decidedProposal({ ...desk, proposal }, command, 'superseded'), actionId: desk.actionId };
}

/** The proposal with its decision. */
export function decidedProposal(
  { proposal, now, actionId }: DecisionDesk,
  { actor }: DecideProposal,
  state: Proposal['state'],
): Proposal {
  return {
    ...proposal,
    state,
    isAside: false,
    decidedBy: actor.id,
    decidedByName: actor.name,
    decidedAt: now,
    actionId,
    version: proposal.version + 1,
  };
}

/** The act of a decision. */
export function actionOf(
  desk: DecisionDesk,
  { actor, batchId }: DecideProposal,
  what: Pick<Action, 'kind' | 'before' | 'after'>,
): Action {
  return {
    ...what,
    id: desk.actionId,
    actorId: actor.id,
    actorName: actor.name,
    at: desk.now,
    relationIds: desk.relations.map(({ id }) => id),
    administrationId: desk.proposal.administrationId,
    batchId: batchId ?? null,
    undoOf: null,
    undoneBy: null,
    isUndoable: true,
  };
}
