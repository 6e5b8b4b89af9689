import { createIssuesOf, writeIssueOf, type IssuesTx } from '../issues/index.js';
import {
  asId,
  systemActor,
  type AdministrationId,
  type RelationId,
  type WriteIntentId,
} from '../kernel/index.js';
import type { AccountWrite, WriteIntentsTx } from '../sync/index.js';
import type { CreatePicture } from './action.js';
import { isAwaitingAnswer } from './awaiting-answer.js';
import type { LinkedMember } from './members.js';

/**
 * Accounts that are to be made for a relation that was merged into another are made for that one; where both are to get one, one is enough.
 * Two that may both be sent already go on: settling places one, and the other is a double that comparing asks about (product.md 3.7).
 * Returns all that it touched as it was, for undo.
 */
export async function moveCreates(
  tx: WriteIntentsTx,
  { from, to }: { readonly from: RelationId; readonly to: RelationId },
  now: Date,
): Promise<CreatePicture[]> {
  const touched: CreatePicture[] = [];
  for (const { id, administrationId } of await tx.writeIntents.findOpenCreatesOf([from])) {
    const moving = await lockCreate(tx, id);
    if (!moving) continue;
    const standing = await tx.writeIntents.findOpenCreate(to, administrationId);
    const other = standing && (await lockCreate(tx, standing.id));
    touched.push(...[moving, other].flatMap((create) => (create ? [pictureOf(create)] : [])));
    const isTwice = other !== undefined && isSent(moving) && isSent(other);
    if (isTwice) continue;
    const ended = other && (isSent(moving) ? other : moving);
    if (ended) await tx.writeIntents.save({ ...ended, patch: {}, state: 'superseded', settledAt: now });
    const kept = ended?.id === moving.id ? other : moving;
    if (kept) await tx.writeIntents.save({ ...kept, relationId: to, roles: rolesOfBoth(kept, ended) });
  }
  return touched;
}

function pictureOf({ id, relationId, roles, state }: AccountWrite): CreatePicture {
  return { id, relationId, roles, state };
}

/**
 * What was not made for a relation that was merged into another, because one there may be the same, waits for the answer about that one.
 * Where that one waits itself, or is getting an account, one is enough. Returns all that it touched as it was, for undo.
 */
export async function moveAlikeCreates(
  tx: WriteIntentsTx & IssuesTx,
  { from, to }: { readonly from: RelationId; readonly to: RelationId },
  now: Date,
): Promise<CreatePicture[]> {
  const touched: CreatePicture[] = [];
  for (const { causeKey: was, administrationId, params } of await tx.issues.findOpen(
    `account-alike:${from}:`,
  )) {
    if (administrationId === null) continue;
    const create = await tx.writeIntents.findByIdForUpdate(asId<WriteIntentId>(String(params['intentId'])));
    await tx.issues.resolve([was], now, systemActor.name);
    if (create?.state !== 'failed' || create.failure?.kind !== 'alike' || create.part !== null) continue;
    touched.push(pictureOf(create));
    const about = { relationId: to, administrationId, sourceRelationId: null };
    const causeKey = writeIssueOf('account-alike', about);
    const isTwice =
      (await tx.issues.findUnresolvedCauseKeys(causeKey)).length > 0 ||
      (await tx.writeIntents.findOpenCreate(to, administrationId)) !== undefined;
    if (isTwice) continue;
    await tx.writeIntents.save({ ...create, relationId: to });
    await tx.issues.report([{ cause: 'account-alike', causeKey, administrationId, params }], now);
  }
  return touched;
}

/** Ends accounts that waited for the answer whether the relation stands there already: it does. Returns them as they were, for undo. */
export async function endAnswered(
  tx: WriteIntentsTx,
  { relationId, members }: { readonly relationId: RelationId; readonly members: readonly LinkedMember[] },
  now: Date,
): Promise<CreatePicture[]> {
  const there = new Set(members.filter(({ isLinked }) => isLinked).map(standsAt));
  const ended: CreatePicture[] = [];
  for (const { id, administrationId } of await tx.writeIntents.findOpenCreatesOf([relationId])) {
    const create = there.has(administrationId) ? await lockCreate(tx, id) : undefined;
    if (!create || !isAwaitingAnswer(create)) continue;
    ended.push(pictureOf(create));
    const settled = { state: 'superseded', failure: null, settledAt: now } as const;
    await tx.writeIntents.save({ ...create, ...settled, patch: {} });
  }
  return ended;
}

/** Closes what people were told of accounts that were to be made where one of the relation stands by now. */
export async function closeCreateIssues(
  tx: IssuesTx,
  { relationId, members }: { readonly relationId: RelationId; readonly members: readonly LinkedMember[] },
  now: Date,
): Promise<void> {
  const there = new Set(members.filter(({ isLinked }) => isLinked).map(standsAt));
  await tx.issues.resolve(
    [...there].flatMap((administrationId) => createIssuesOf(relationId, administrationId)),
    now,
    systemActor.name,
  );
}

function standsAt({ source }: LinkedMember): AdministrationId {
  return source.administrationId;
}

/** What may have been sent stays as it was. */
function rolesOfBoth(kept: AccountWrite, ended: AccountWrite | undefined): AccountWrite['roles'] {
  return isSent(kept) ? kept.roles : [...new Set([...kept.roles, ...(ended?.roles ?? [])])];
}

async function lockCreate(tx: WriteIntentsTx, id: AccountWrite['id']): Promise<AccountWrite | undefined> {
  const intent = await tx.writeIntents.findByIdForUpdate(id);
  if (!intent || intent.part !== null) return undefined;
  return intent.state === 'planned' || isSent(intent) ? intent : undefined;
}

/** Whether it may have arrived in Exact. */
function isSent({ state }: AccountWrite): boolean {
  return state === 'sent' || state === 'uncertain';
}
