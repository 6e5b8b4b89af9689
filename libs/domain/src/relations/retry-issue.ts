import { isWriteFailure, unwrittenFields, type Issue, type IssuesTx } from '../issues/index.js';
import {
  asId,
  err,
  ok,
  type Actor,
  type AdministrationId,
  type Deps,
  type IssueId,
  type Result,
  type TenantId,
  type WriteIntentId,
} from '../kernel/index.js';
import type { PartWrite, WriteIntent } from '../sync/index.js';
import { sharedFieldNames } from './fields.js';
import { openRelation, type OpenRelation, type RelationDeskTx } from './open-relation.js';
import type { PartFields } from './parts/source-part.js';
import type { SourcePartsTx } from './parts/source-parts.port.js';
import { sharedOut } from './parts/unwritten-part.js';
import { wanted } from './parts/written-part.js';
import {
  failedOfPart,
  failedWritesMax,
  fieldsMeantAgain,
  toldOf,
  unwrittenNow,
  type ToldWrite,
} from './unwritten-now.js';
import { isSharing, isWritable, planWritesFor } from './write-planner.js';
import { purposeOf } from './write-purpose.js';

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
    await tx.outbox.add({ kind: 'start-resync', administrationIds: await administrationsOf(tx, issue) });
    return ok(issue);
  });
}

/** Those that are active, when it is about none in particular, as comparing is. */
async function administrationsOf(tx: RetryTx, { administrationId }: Issue): Promise<AdministrationId[]> {
  if (administrationId !== null) return [administrationId];
  const active = (await tx.administrations.findMany()).filter(({ state }) => state === 'active');
  return active.map(({ id }) => id);
}

interface Again {
  readonly issue: Issue;
  readonly actor: Actor;
}

/** Whether the write that the issue is about goes out again, or is not needed any more. */
async function writeAgain(tx: RetryTx, deps: Deps<RetryTx>, { issue, actor }: Again): Promise<boolean> {
  const { intentId } = issue.params;
  if (!isWriteFailure(issue.cause) || intentId === undefined) return false;
  const named = await tx.writeIntents.findById(asId<WriteIntentId>(String(intentId)));
  // One in doubt is looked up by itself.
  if (!named || isOpen(named)) return false;
  // Locked, as by who uses the relation: of a new account one write is meant at a time.
  const desk = await openRelation(tx, named.relationId);
  if (!desk) return false;
  const { sourceRelationId } = named;
  if (sourceRelationId === null) return createAgain(tx, deps, { named, desk });
  const member = desk.members.find(({ source }) => source.id === sourceRelationId);
  // Of an account that belongs to it no more nothing is wanted; one of an administration that rests waits.
  if (member && isSharing(member) && !isWritable(member, desk.administrations)) return false;
  const told: ToldWrite = {
    ...{ issue, named, relation: desk.relation, members: desk.members },
    parts: named.part ? await tx.sourceParts.findOfAccounts(desk.members.map(({ source }) => source.id)) : [],
    failed: await tx.writeIntents.findFailedOf([sourceRelationId], failedWritesMax),
    open: await tx.writeIntents.findOpenOf([sourceRelationId]),
  };
  if (named.part) return partAgain(tx, deps, { told, named, actor });
  await accountAgain(tx, deps, { told, desk, actor });
  return true;
}

const isOpen = ({ state }: WriteIntent) => state === 'planned' || state === 'sent' || state === 'uncertain';

/** A new account goes out as the relation says by then; not when another write makes one. */
async function createAgain(
  tx: RetryTx,
  { now }: Deps<RetryTx>,
  { named, desk }: { readonly named: WriteIntent; readonly desk: OpenRelation },
): Promise<boolean> {
  const { relationId, administrationId } = named;
  if (desk.relation.id !== relationId) return false;
  if (await tx.writeIntents.findOpenCreate(relationId, administrationId)) return false;
  return sendAgain(tx, named.id, { now: now() });
}

/** Everything that failed to be written to the part and is still wanted goes out again: the last of the writes alone may say less. */
async function partAgain(
  tx: RetryTx,
  { now }: Deps<RetryTx>,
  { told, named, actor }: { readonly told: ToldWrite; readonly named: PartWrite; readonly actor: Actor },
): Promise<boolean> {
  const fields = unwrittenNow(told);
  const waiting = fieldsMeantAgain(told);
  const isWhole = named.part.kind !== 'contact';
  const free = fields.filter((field) => (isWhole ? waiting.length === 0 : !waiting.includes(field)));
  await keepUnwritten(tx, told.issue, { fields, now: now(), byName: actor.name });
  for (const [{ id }, patch] of sharedOut(failedOfPart(told, named), free))
    if (Object.keys(patch).length > 0) await sendAgain(tx, id, { now: now(), patch });
  return fields.length === 0 || free.length > 0;
}

/** The account is to say what the relation says by now. */
async function accountAgain(
  tx: RetryTx,
  { newId, now }: Deps<RetryTx>,
  { told, desk, actor }: { readonly told: ToldWrite; readonly desk: OpenRelation; readonly actor: Actor },
): Promise<void> {
  const { issue, named } = told;
  const facts = { newId, now: now(), byName: actor.name, purpose: purposeOf(actor) };
  const fields = unwrittenNow(told);
  const asked = unwrittenFields(issue) ?? Object.keys(named.patch);
  const member = desk.members.find(({ source }) => source.id === named.sourceRelationId);
  if (member && isSharing(member)) {
    const { relation } = desk;
    const meant = sharedFieldNames.filter((field) => asked.includes(field));
    await planWritesFor(tx, [{ member, relationId: relation.id, relation, fields: meant }], facts);
  }
  await keepUnwritten(tx, issue, { fields, now: facts.now, byName: actor.name });
}

/** Of the other fields the issue is over: they are written by now, or nobody wants them there any more. */
async function keepUnwritten(
  tx: IssuesTx,
  { id }: Issue,
  { fields, ...closing }: { readonly fields: readonly string[]; readonly now: Date; readonly byName: string },
): Promise<void> {
  const issue = await tx.issues.findByIdForUpdate(id);
  if (issue?.state !== 'open') return;
  const told = toldOf(issue, fields, closing);
  if (told !== issue) await tx.issues.save(told);
}

/** A part is told from edits by what stood before. */
async function sendAgain(
  tx: RetryTx,
  id: WriteIntentId,
  { now, patch }: { readonly now: Date; readonly patch?: PartFields },
): Promise<boolean> {
  const failed = await tx.writeIntents.findByIdForUpdate(id);
  if (failed?.state !== 'failed') return false;
  // What may have arrived is looked up first. The tries go on counting, by which a worker that stood still is told
  // from the one that took over; what is given up after is counted afresh.
  const isInDoubt = failed.failure?.kind === 'uncertain';
  const again = isInDoubt ? ({ state: 'uncertain' } as const) : ({ state: 'planned', sentAt: null } as const);
  const settled = { failure: null, settledAt: null, triesBefore: failed.attempts };
  const fresh = { ...again, ...settled, purpose: 'interactive', createdAt: now, dueAt: now } as const;
  await tx.writeIntents.save(
    failed.part
      ? { ...failed, ...fresh, part: wanted(failed.part), patch: patch ?? failed.patch }
      : { ...failed, ...fresh },
  );
  await tx.outbox.add({ kind: 'send-write', intentId: id });
  return true;
}
