import { invariant, ok, type Actor, type Deps, type ProposalId, type TenantId } from '../kernel/index.js';
import { wouldContradict } from './contradiction.js';
import { decideProposal } from './decide-proposal.js';
import type { DecideTx } from './decision-desk.js';
import { shownVersion } from './proposal.js';
import type { Relation } from './relation.js';

/** Pairs that one call decides; a larger batch is a row of calls. */
export const acceptedMax = 50;
/** Acts on one pair since the preview that are looked at. */
const laterMax = 100;

export interface AcceptBatch {
  readonly tenantId: TenantId;
  /** At most `acceptedMax`. */
  readonly proposalIds: readonly ProposalId[];
  readonly batchId: string;
  /** When the person saw what the batch would do. */
  readonly seenAt: Date;
  readonly actor: Actor;
}

export interface AcceptedBatch {
  readonly merged: number;
  /** Decided or changed meanwhile, not possible, or with something against them: also what the batch itself joined before. */
  readonly skipped: number;
}

/**
 * Decides "same" on each pair, with the suggested leading values. Each pair is a transaction and an act of its own, so that
 * a crash keeps what was done, doing it again changes nothing, and one act can be undone as well as all of the batch. What a veto or a
 * person keeps apart is never joined by way of a third. Whoever calls this
 * within a transaction of his own, as a request with an Idempotency-Key does, keeps all of it or nothing.
 */
export async function acceptBatch(deps: Deps<DecideTx>, command: AcceptBatch): Promise<AcceptedBatch> {
  invariant(command.proposalIds.length <= acceptedMax, `a batch decides at most ${acceptedMax} at once`);
  let merged = 0;
  for (const proposalId of command.proposalIds) if (await acceptOne(deps, command, proposalId)) merged += 1;
  return { merged, skipped: command.proposalIds.length - merged };
}

async function acceptOne(
  deps: Deps<DecideTx>,
  command: AcceptBatch,
  proposalId: ProposalId,
): Promise<boolean> {
  const version = await versionOfOpen(deps, command, proposalId);
  if (version === undefined) return false;
  const { tenantId, batchId, actor } = command;
  const verdict = 'same';
  const decided = await decideProposal(deps, { tenantId, proposalId, version, verdict, batchId, actor });
  return decided.ok;
}

/** Undefined for a pair that a batch may not decide. */
async function versionOfOpen(
  deps: Deps<DecideTx>,
  command: AcceptBatch,
  id: ProposalId,
): Promise<number | undefined> {
  const read = await deps.uow.run(command.tenantId, async (tx) => {
    const proposal = await tx.proposals.findById(id);
    if (proposal?.state !== 'open' || proposal.vetoes.length > 0) return ok(undefined);
    const relations = await tx.relations.findMany([proposal.relationA, proposal.relationB]);
    for (const relation of relations) if (await isChangedSince(tx, command, relation)) return ok(undefined);
    if (await wouldContradict(tx, proposal)) return ok(undefined);
    return ok(shownVersion(proposal, relations));
  });
  return read.ok ? read.value : undefined;
}

/** Whether something else than this batch changed the relation after the person looked: that pair waits for a look of its own. */
async function isChangedSince(
  tx: DecideTx,
  { seenAt, batchId }: AcceptBatch,
  { id, updatedAt }: Relation,
): Promise<boolean> {
  if (updatedAt <= seenAt) return false;
  const later = await tx.actions.findLater({ at: seenAt }, [id], laterMax);
  const own = later.filter((action) => action.batchId === batchId);
  return own.length < later.length || !own.some(({ at }) => at.getTime() === updatedAt.getTime());
}
