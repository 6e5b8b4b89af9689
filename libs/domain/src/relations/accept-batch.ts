import { invariant, ok, type Actor, type Deps, type ProposalId, type TenantId } from '../kernel/index.js';
import { decideProposal } from './decide-proposal.js';
import type { DecideTx } from './decision-desk.js';
import { shownVersion } from './proposal.js';

/** Pairs that one call decides; a larger batch is a row of calls. */
export const acceptedMax = 50;

export interface AcceptBatch {
  readonly tenantId: TenantId;
  /** At most `acceptedMax`. */
  readonly proposalIds: readonly ProposalId[];
  readonly batchId: string;
  readonly actor: Actor;
}

export interface AcceptedBatch {
  readonly merged: number;
  /** Decided meanwhile, not possible, or with something against them. */
  readonly skipped: number;
}

/**
 * Decides "same" on each pair, with the suggested leading values. Each pair is a transaction and an act of its own, so that
 * a crash keeps what was done, doing it again changes nothing, and one act can be undone as well as all of the batch.
 */
export async function acceptBatch(deps: Deps<DecideTx>, command: AcceptBatch): Promise<AcceptedBatch> {
  invariant(command.proposalIds.length <= acceptedMax, `a batch decides at most ${acceptedMax} at once`);
  let merged = 0;
  for (const proposalId of command.proposalIds) if (await acceptOne(deps, command, proposalId)) merged += 1;
  return { merged, skipped: command.proposalIds.length - merged };
}

async function acceptOne(
  deps: Deps<DecideTx>,
  { tenantId, batchId, actor }: AcceptBatch,
  proposalId: ProposalId,
): Promise<boolean> {
  const version = await versionOfOpen(deps, tenantId, proposalId);
  if (version === undefined) return false;
  const verdict = 'same';
  const decided = await decideProposal(deps, { tenantId, proposalId, version, verdict, batchId, actor });
  return decided.ok;
}

/** Undefined for a pair that a batch may not decide. */
async function versionOfOpen(
  deps: Deps<DecideTx>,
  tenantId: TenantId,
  id: ProposalId,
): Promise<number | undefined> {
  const read = await deps.uow.run(tenantId, async (tx) => {
    const proposal = await tx.proposals.findById(id);
    if (proposal?.state !== 'open' || proposal.vetoes.length > 0) return ok(undefined);
    return ok(shownVersion(proposal, await tx.relations.findMany([proposal.relationA, proposal.relationB])));
  });
  return read.ok ? read.value : undefined;
}
