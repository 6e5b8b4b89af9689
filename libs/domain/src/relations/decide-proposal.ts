import { asId, err, ok, type ActionId, type Deps, type ProposalId, type Result } from '../kernel/index.js';
import { dutchDay } from './activity.js';
import { resolveDoubles } from './close-questions.js';
import { decideApart } from './decide-apart.js';
import { decideSame } from './decide-same.js';
import type {
  DecideProposal,
  DecideProposalError,
  DecideTx,
  Decision,
  DecisionDesk,
} from './decision-desk.js';
import { loadAdministrations, loadMembers } from './members.js';
import { shownVersion, type Proposal } from './proposal.js';

/**
 * Carries out a person's decision on a pair: one relation, two for ever, or not sure yet. All or nothing, in one
 * transaction. Relations are locked in the order of their ids before the proposal, so that opposite merges wait for each
 * other and exactly one happens (J06). The same decision again is a success without effect.
 */
export function decideProposal(
  deps: Deps<DecideTx>,
  command: DecideProposal,
): Promise<Result<Decision, DecideProposalError>> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Result<Decision, DecideProposalError>> => {
    const desk = await openDesk(tx, deps, command.proposalId);
    if (!desk) return err({ kind: 'not-found' });
    const { proposal } = desk;
    if (isSettled(proposal)) return answerAgain(proposal, command.verdict);
    const version = shownVersion(proposal, desk.relations);
    const isMoved =
      proposal.relationA !== desk.relations[0].id || proposal.relationB !== desk.relations[1].id;
    if (isMoved || version !== command.version) return err({ kind: 'changed-meanwhile', version });
    const done =
      command.verdict === 'same'
        ? await decideSame(tx, deps, { desk, command })
        : await decideApart(tx, deps, { desk, command, verdict: command.verdict });
    if (!done.ok) return done;
    await resolveDoubles(tx, [proposal, ...done.value.closed], { now: desk.now, byName: command.actor.name });
    return ok({ proposalId: proposal.id, actionId: desk.actionId, relationId: done.value.relationId });
  });
}

async function openDesk(
  tx: DecideTx,
  deps: Deps<DecideTx>,
  proposalId: ProposalId,
): Promise<DecisionDesk | undefined> {
  const seen = await tx.proposals.findById(proposalId);
  if (!seen) return undefined;
  const locked = await tx.relations.findManyForUpdate([seen.relationA, seen.relationB]);
  const proposal = await tx.proposals.findByIdForUpdate(proposalId);
  if (!proposal) return undefined;
  const [one, other] = [seen.relationA, seen.relationB].map((id) =>
    locked.find((relation) => relation.id === id),
  );
  if (!one || !other) return undefined;
  const administrations = await loadAdministrations(tx);
  const members = await loadMembers(tx, [one.id, other.id], { positions: administrations, forUpdate: true });
  const now = deps.now();
  return {
    proposal,
    relations: [one, other],
    members: [members.get(one.id) ?? [], members.get(other.id) ?? []],
    administrations,
    now,
    today: dutchDay(now),
    actionId: asId<ActionId>(deps.newId()),
  };
}

/** Not sure can become sure; anything else is settled. */
function isSettled(proposal: Proposal): boolean {
  return proposal.state !== 'open' && proposal.state !== 'unsure';
}

function answerAgain(
  proposal: Proposal,
  verdict: DecideProposal['verdict'],
): Result<Decision, DecideProposalError> {
  if (proposal.state === verdict && proposal.actionId !== null)
    return ok({
      proposalId: proposal.id,
      actionId: proposal.actionId,
      relationId: verdict === 'same' ? proposal.relationA : null,
    });
  return err({
    kind: 'already-decided',
    verdict: proposal.state,
    byName: proposal.decidedByName ?? '',
    at: (proposal.decidedAt ?? proposal.createdAt).toISOString(),
  });
}
