import type { CouplingsTx } from '../coupling/index.js';
import type { IssuesTx } from '../issues/index.js';
import { ok, type Deps, type IssueId, type TenantId } from '../kernel/index.js';
import type { AdvanceRunTx } from './advance-run.js';
import { retryStep } from './retry-step.js';
import type { SyncStep } from './sync-step.js';

type RetryPartTx = AdvanceRunTx & CouplingsTx & IssuesTx;

interface OfIssue {
  readonly tenantId: TenantId;
  readonly issueId: IssueId;
}

/**
 * Tries the part again that the issue tells of, where its administration is being coupled: no resync reaches one before its coupling is
 * active (product.md 3.19). False when there is no such part.
 */
export async function retryPartOfIssue(
  deps: Deps<RetryPartTx>,
  { tenantId, issueId }: OfIssue,
): Promise<boolean> {
  const found = await deps.uow.run<SyncStep | undefined, never>(tenantId, async (tx) =>
    ok(await failedPartOf(tx, issueId)),
  );
  if (!found.ok || !found.value) return false;
  const { runId, id: stepId } = found.value;
  const retried = await retryStep(deps, { tenantId, runId, stepId });
  return retried.ok || retried.error.kind === 'step-not-failed';
}

async function failedPartOf(tx: RetryPartTx, issueId: IssueId): Promise<SyncStep | undefined> {
  const issue = await tx.issues.findById(issueId);
  if (issue?.state !== 'open' || issue.administrationId === null) return undefined;
  const administration = await tx.administrations.findById(issue.administrationId);
  const runId = (await tx.couplings.find())?.runId;
  if (administration?.state !== 'coupling' || !runId) return undefined;
  const steps = await tx.syncSteps.findOfAdministration(runId, administration.id);
  const kind = issue.params['kind'] ?? 'accounts';
  return steps.find((step) => step.kind === kind && step.state === 'failed');
}
