import {
  err,
  ok,
  type Deps,
  type IssueId,
  type OutboxTx,
  type Result,
  type TenantId,
} from '../kernel/index.js';
import type { Issue } from './issue.js';
import type { IssuesTx } from './issues.port.js';

export type RecheckIssueError =
  { readonly kind: 'not-found' } | { readonly kind: 'issue-closed'; readonly state: string };

type Outcome = Result<Issue, RecheckIssueError>;

/** Looks again: the issue's administration is resynced, and the issue closes by itself when its cause is gone. */
export function recheckIssue(
  deps: Deps<IssuesTx & OutboxTx>,
  command: { readonly tenantId: TenantId; readonly issueId: IssueId },
): Promise<Outcome> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Outcome> => {
    const issue = await tx.issues.findById(command.issueId);
    if (!issue) return err({ kind: 'not-found' });
    if (issue.state !== 'open') return err({ kind: 'issue-closed', state: issue.state });
    await tx.outbox.add({
      kind: 'start-resync',
      administrationIds: issue.administrationId === null ? [] : [issue.administrationId],
    });
    return ok(issue);
  });
}
