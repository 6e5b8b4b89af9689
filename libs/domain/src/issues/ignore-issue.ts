import { newAct, type ActsTx } from '../history/index.js';
import { err, ok, type Actor, type Deps, type IssueId, type Result, type TenantId } from '../kernel/index.js';
import type { Issue } from './issue.js';
import type { IssuesTx } from './issues.port.js';

export interface IgnoreIssue {
  readonly tenantId: TenantId;
  readonly issueId: IssueId;
  readonly version: number;
  readonly reason: string;
  /** When it is one of many that are ignored at once. */
  readonly batchId?: string;
  readonly actor: Actor;
}

export type IgnoreIssueError =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'reason-missing' }
  | { readonly kind: 'issue-closed'; readonly state: string }
  | { readonly kind: 'changed-meanwhile'; readonly version: number };

/** Puts an issue aside, with a reason of at least three characters. Ignoring it again is a success without effect. */
export async function ignoreIssue(
  deps: Deps<IssuesTx & ActsTx>,
  command: IgnoreIssue,
): Promise<Result<Issue, IgnoreIssueError>> {
  const result = await putAside(deps, command);
  return result.ok ? ok(result.value.issue) : result;
}

export interface PutAside {
  readonly issue: Issue;
  /** Not when it was ignored already. */
  readonly isAct: boolean;
}

/** The same, and whether this call did it. */
export function putAside(
  deps: Deps<IssuesTx & ActsTx>,
  command: IgnoreIssue,
): Promise<Result<PutAside, IgnoreIssueError>> {
  const reason = command.reason.trim();
  return deps.uow.run(command.tenantId, async (tx): Promise<Result<PutAside, IgnoreIssueError>> => {
    if (reason.length < 3) return err({ kind: 'reason-missing' });
    const issue = await tx.issues.findByIdForUpdate(command.issueId);
    if (!issue) return err({ kind: 'not-found' });
    if (issue.state === 'ignored') return ok({ issue, isAct: false });
    if (issue.state === 'resolved') return err({ kind: 'issue-closed', state: issue.state });
    if (issue.version !== command.version) return err({ kind: 'changed-meanwhile', version: issue.version });
    const ignored: Issue = {
      ...issue,
      state: 'ignored',
      ignoredReason: reason,
      closedAt: deps.now(),
      closedBy: command.actor.name,
      version: issue.version + 1,
    };
    await tx.issues.save(ignored);
    const { id: issueId, administrationId } = issue;
    const { actor, batchId = null } = command;
    const what = { kind: 'ignore-issue', administrationId, facts: { issueId, reason }, batchId } as const;
    await tx.acts.add(newAct(deps, { ...what, actor }));
    return ok({ issue: ignored, isAct: true });
  });
}
