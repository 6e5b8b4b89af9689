import { aboutFields, isWriteFailure, unwrittenFields, type Issue, type IssuesTx } from '../issues/index.js';
import {
  asId,
  err,
  ok,
  type Actor,
  type Deps,
  type IssueId,
  type Result,
  type TenantId,
  type WriteIntentId,
} from '../kernel/index.js';
import type { WriteIntent } from '../sync/index.js';
import { sharedFieldNames } from './fields.js';
import { openRelation, type RelationDeskTx } from './open-relation.js';
import type { PartFields } from './parts/source-part.js';
import type { SourcePartsTx } from './parts/source-parts.port.js';
import { stillSaid } from './parts/still-said.js';
import { isSamePart } from './parts/written-part.js';
import { differingPatch, isWritable, planWritesFor, type WriteFacts } from './write-planner.js';

export interface RetryIssue {
  readonly tenantId: TenantId;
  readonly issueId: IssueId;
  readonly actor: Actor;
}

export type RetryIssueError =
  { readonly kind: 'not-found' } | { readonly kind: 'issue-closed'; readonly state: string };

type RetryTx = RelationDeskTx & SourcePartsTx & IssuesTx;

/**
 * Tries again what an issue is about (product.md 3.18). A write that failed is meant again, with what the relation says by now, and its issue
 * closes when it arrives. Of anything else the administration is resynced, and the issue closes when its cause is gone.
 */
export function retryIssue(
  deps: Deps<RetryTx>,
  command: RetryIssue,
): Promise<Result<Issue, RetryIssueError>> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Result<Issue, RetryIssueError>> => {
    const issue = await tx.issues.findById(command.issueId);
    if (!issue) return err({ kind: 'not-found' });
    if (issue.state !== 'open') return err({ kind: 'issue-closed', state: issue.state });
    if (await writeAgain(tx, deps, { issue, actor: command.actor })) return ok(issue);
    const administrationIds = issue.administrationId === null ? [] : [issue.administrationId];
    await tx.outbox.add({ kind: 'start-resync', administrationIds });
    return ok(issue);
  });
}

interface Again {
  readonly issue: Issue;
  readonly actor: Actor;
}

/** Whether the write that the issue is about goes out again, or is not needed any more. */
async function writeAgain(tx: RetryTx, deps: Deps<RetryTx>, { issue, actor }: Again): Promise<boolean> {
  const { intentId } = issue.params;
  if (!isWriteFailure(issue.cause) || intentId === undefined) return false;
  const id = asId<WriteIntentId>(String(intentId));
  const failed = await tx.writeIntents.findById(id);
  // One in doubt is looked up by itself.
  if (failed?.state !== 'failed') return false;
  // Locked, as by who uses the relation: of a new account one write is meant at a time.
  const open = await openRelation(tx, failed.relationId);
  if (failed.part !== null) {
    const wanted = await stillSaid(tx, failed, open?.members ?? []);
    return sendAgain(tx, id, { now: deps.now(), wanted });
  }
  if (failed.kind === 'create')
    return open?.relation.id === failed.relationId && sendAgain(tx, id, { now: deps.now() });
  const member = open?.members.find(({ source }) => source.id === failed.sourceRelationId);
  if (!open || !member || !isWritable(member, open.administrations)) return false;
  const { relation } = open;
  const unwritten = unwrittenFields(issue) ?? Object.keys(failed.patch);
  const fields = sharedFieldNames.filter((field) => unwritten.includes(field));
  const write = { member, relationId: relation.id, relation, fields };
  const facts = { newId: deps.newId, now: deps.now(), byName: actor.name };
  await planWritesFor(tx, [write], facts);
  await keepDiffering(tx, {
    issue,
    unwritten,
    differing: Object.keys(differingPatch(write, relation, fields)),
    facts,
  });
  return true;
}

interface Differing {
  readonly issue: Issue;
  readonly unwritten: readonly string[];
  readonly differing: readonly string[];
  readonly facts: WriteFacts;
}

/** Of the other fields the issue is over: the account says it by now, or nobody wants it there any more. */
async function keepDiffering(tx: IssuesTx, { issue, unwritten, differing, facts }: Differing): Promise<void> {
  if (differing.length === 0)
    return void (await tx.issues.resolve([issue.causeKey], facts.now, facts.byName));
  if (differing.length === unwritten.length) return;
  const now = await tx.issues.findByIdForUpdate(issue.id);
  if (now?.state === 'open') await tx.issues.save(aboutFields(now, differing));
}

/**
 * A new account goes out as the relation says by then; of a part what is still wanted, told from edits by what stood before. Not when another
 * write of the same does, nor when nothing is left to write.
 */
async function sendAgain(
  tx: RetryTx,
  id: WriteIntentId,
  { now, wanted }: { readonly now: Date; readonly wanted?: PartFields },
): Promise<boolean> {
  const failed = await tx.writeIntents.findByIdForUpdate(id);
  if (failed?.state !== 'failed' || (await isMeantElsewhere(tx, failed))) return false;
  if (wanted && Object.keys(wanted).length === 0) return false;
  // What may have arrived is looked up first. The tries go on counting, by which a worker that stood still is told
  // from the one that took over; what is given up after is counted afresh.
  const isInDoubt = failed.failure?.kind === 'uncertain';
  const again = isInDoubt ? ({ state: 'uncertain' } as const) : ({ state: 'planned', sentAt: null } as const);
  const settled = { failure: null, settledAt: null, triesBefore: failed.attempts };
  const fresh = { ...again, ...settled, createdAt: now, dueAt: now };
  await tx.writeIntents.save({ ...failed, ...fresh, ...(failed.part && wanted && { patch: wanted }) });
  await tx.outbox.add({ kind: 'send-write', intentId: id });
  return true;
}

async function isMeantElsewhere(tx: RetryTx, failed: WriteIntent): Promise<boolean> {
  const { relationId, administrationId } = failed;
  if (failed.part === null)
    return (await tx.writeIntents.findOpenCreate(relationId, administrationId)) !== undefined;
  const open = await tx.writeIntents.findOpenOf([failed.sourceRelationId]);
  return open.some((one) => one.part !== null && isSamePart(one, failed));
}
