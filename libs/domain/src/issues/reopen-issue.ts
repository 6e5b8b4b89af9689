import { newAct, type ActsTx } from '../history/index.js';
import {
  err,
  ok,
  systemActor,
  type ActionId,
  type Actor,
  type Deps,
  type IssueId,
  type Result,
  type TenantId,
} from '../kernel/index.js';
import { closedIssue } from './close-issue.js';
import type { Issue } from './issue.js';
import type { IssuesTx } from './issues.port.js';
import { paramsOfBoth } from './write-issues.js';

export interface ReopenIssue {
  readonly tenantId: TenantId;
  readonly issueId: IssueId;
  /** The version that the person saw. */
  readonly version: number;
  readonly actor: Actor;
}

export type ReopenIssueError =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'issue-closed'; readonly state: string }
  | { readonly kind: 'changed-meanwhile'; readonly version: number };

type ReopenTx = IssuesTx & ActsTx;

/** Takes an issue that was ignored, or a question that was rejected, up again. Reopening an open one is a success without effect. */
export function reopenIssue(
  deps: Deps<ReopenTx>,
  command: ReopenIssue,
): Promise<Result<Issue, ReopenIssueError>> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Result<Issue, ReopenIssueError>> => {
    const issue = await tx.issues.findByIdForUpdate(command.issueId);
    if (!issue) return err({ kind: 'not-found' });
    if (issue.state === 'open') return ok(issue);
    if (issue.state === 'resolved') return err({ kind: 'issue-closed', state: issue.state });
    if (issue.version !== command.version) return err({ kind: 'changed-meanwhile', version: issue.version });
    return ok((await takeUp(tx, { deps, issue, actor: command.actor })).issue);
  });
}

export interface UndoIgnoring {
  readonly tenantId: TenantId;
  readonly actionId: ActionId;
  /** When it is taken back with all of a batch. */
  readonly batchId?: string;
  readonly actor: Actor;
}

export type UndoIgnoringError =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-undoable'; readonly reason: 'never' | 'changed-since' }
  | { readonly kind: 'already-undone'; readonly byName: string; readonly at: string };

/** Takes back from history that an issue was ignored: it is open again. Answers the act of reopening. */
export function undoIgnoring(
  deps: Deps<ReopenTx>,
  command: UndoIgnoring,
): Promise<Result<{ readonly actionId: ActionId }, UndoIgnoringError>> {
  type Outcome = Result<{ readonly actionId: ActionId }, UndoIgnoringError>;
  return deps.uow.run(command.tenantId, async (tx): Promise<Outcome> => {
    const seen = await tx.acts.findById(command.actionId);
    if (!seen) return err({ kind: 'not-found' });
    const { issueId } = seen.facts;
    if (seen.kind !== 'ignore-issue' || !issueId) return err({ kind: 'not-undoable', reason: 'never' });
    // The issue before the act, as reopening locks them.
    const issue = await tx.issues.findByIdForUpdate(issueId);
    const act = await tx.acts.findByIdForUpdate(seen.id);
    if (!act) return err({ kind: 'not-found' });
    if (act.undoneBy !== null) {
      const { actorName, at } = (await tx.acts.findById(act.undoneBy)) ?? act;
      return err({ kind: 'already-undone', byName: actorName, at: at.toISOString() });
    }
    if (issue?.state !== 'ignored') return err({ kind: 'not-undoable', reason: 'changed-since' });
    const { actor, batchId } = command;
    return ok({ actionId: (await takeUp(tx, { deps, issue, actor, batchId })).actionId });
  });
}

interface TakeUp {
  readonly deps: Deps<ReopenTx>;
  readonly issue: Issue;
  readonly actor: Actor;
  readonly batchId?: string | null | undefined;
}

async function takeUp(
  tx: ReopenTx,
  { deps, issue, actor, batchId = null }: TakeUp,
): Promise<{ readonly issue: Issue; readonly actionId: ActionId }> {
  const reopened: Issue = {
    ...issue,
    params: await withThoseBeside(tx, issue, deps.now()),
    state: 'open',
    ignoredReason: null,
    closedAt: null,
    closedBy: null,
    version: issue.version + 1,
  };
  await tx.issues.save(reopened);
  const { id: issueId, administrationId } = issue;
  const what = { kind: 'reopen-issue', administrationId, facts: { issueId }, batchId } as const;
  const act = newAct(deps, { ...what, actor });
  await tx.acts.add(act);
  await tx.acts.markUndone({ kind: 'ignore-issue', issueId }, act.id);
  return { issue: reopened, actionId: act.id };
}

/** What was told beside it while it was ignored is one issue with it again. */
async function withThoseBeside(tx: ReopenTx, issue: Issue, now: Date): Promise<Issue['params']> {
  const told = await tx.issues.findUnresolvedForUpdate([issue.causeKey]);
  const beside = told.find(({ state }) => state === 'open');
  if (!beside) return issue.params;
  await tx.issues.save(closedIssue(beside, now, systemActor.name));
  return paramsOfBoth(issue, beside);
}
