import { wakeBehind } from '../administrations/index.js';
import { ok, type Result, type TenantId } from '../kernel/index.js';
import { isAnonymised, keepKeys, type CreateSearch, type SourceRelation } from '../relations/index.js';
import type { AlikeFound } from './carry-out-write.js';
import { fail, failAlike } from './fail-write.js';
import type { Collision } from './find-collision.js';
import type { ReadBack } from './read-back.js';
import type {
  ClaimedAccountWrite,
  ClaimedWrite,
  SendWriteDeps,
  SendWriteTx,
  WriteOutcome,
} from './send-write.js';
import type { SourceFault } from './source-fault.js';
import { tellLater, tellLaterOfDoubt } from './not-arrived.js';
import { endUpdate, takeBack } from './still-meant.js';
import { limitTroubles, silenceTroubles, suspendedWrites } from './settle-fault.js';
import { tellOfDoubt, tellOfLostAccess, tellOfSuccess } from './tell-of-write.js';
import { verifyAccess } from './verify-access.js';
import type { TooLate } from './write-source.port.js';
import type { WriteIntent } from './write-intent.js';
import { causeOfRefusal, troubleOf, troubleOfCollision } from './write-trouble.js';

/** Tries of one write, since it was planned or a person asked for it again, before people are asked: a good day at the longest pause (reliability.md F32). */
export const writeAttemptsMax = 140;
const firstPauseMs = 5_000;
const longestPauseMs = 15 * 60_000;
const attemptsUntilIssue = 4;

/** How a write ended, or why that is not known. */
export type Written = Result<ReadBack, WriteFault>;

export type WriteFault =
  SourceFault | TooLate | AlikeFound | Collision | { readonly kind: 'gone' | 'never-arrived' };

/** A write that was claimed, and how it ended. */
export interface Settled {
  readonly claimed: ClaimedWrite;
  readonly written: Written;
}

/** Records how a write ended: confirmed with what was read back, failed with an issue, or to be looked up and tried again. */
export async function settleWrite(
  deps: SendWriteDeps,
  tenantId: TenantId,
  settled: Settled,
): Promise<WriteOutcome> {
  const result = await deps.uow.run(tenantId, async (tx) => {
    // The account before the intent, as comparing locks them.
    const { sourceRelationId } = settled.claimed.intent;
    const known = sourceRelationId ? await tx.sourceStore.findRelationForUpdate(sourceRelationId) : undefined;
    const intent = await tx.writeIntents.findByIdForUpdate(settled.claimed.intent.id);
    if (intent?.state !== 'sent' || intent.attempts !== settled.claimed.intent.attempts)
      return ok<WriteOutcome>({ kind: 'fenced' });
    const outcome = await settle(tx, deps, { ...settled, known });
    if (outcome.kind !== 'waiting') await wakeBehind(tx, sourceRelationId, deps.now());
    return ok(outcome);
  });
  const { written, claimed } = settled;
  if (!written.ok && written.error.kind === 'access-lost')
    await verifyAccess(deps, { tenantId, connectionId: claimed.administration.connectionId });
  return result.ok ? result.value : { kind: 'nothing-to-do' };
}

interface SettledNow extends Settled {
  /** The account as it is stored now, under lock. */
  readonly known: SourceRelation | undefined;
}

async function settle(
  tx: SendWriteTx,
  deps: SendWriteDeps,
  { claimed, written, known }: SettledNow,
): Promise<WriteOutcome> {
  if (known && isAnonymised(known)) {
    // What was read back may be older than that: the next page tells what Exact has now.
    await takeBack(tx, claimed.intent, { account: known, now: deps.now() });
    return { kind: 'nothing-to-do' };
  }
  if (!written.ok) return settleFault(tx, deps, { claimed, fault: written.error });
  // A page was stored meanwhile that may be older or newer than what was read back: the next look tells.
  const isFetched = claimed.intent.part === null && known?.contentHash !== claimed.source?.contentHash;
  if (isFetched) return doubt(tx, deps, { claimed, reason: 'the account was fetched meanwhile', pauseMs: 0 });
  return settleRead(tx, deps, { claimed, readBack: written.value });
}

/** Records a write that did not simply succeed: to be tried again, to be looked up, or for a person. */
export async function settleFault(
  tx: SendWriteTx,
  deps: SendWriteDeps,
  { claimed, fault }: { claimed: ClaimedWrite; fault: WriteFault },
): Promise<WriteOutcome> {
  const { intent } = claimed;
  // What may have arrived by an earlier try is no plan any more that a newer value could replace.
  const state = mayBeSent(claimed) ? 'uncertain' : 'planned';
  switch (fault.kind) {
    case 'limited':
      // Of a plan's share of the day nobody need know: it is over before the day is for anybody else.
      if (intent.purpose !== 'plan')
        await tx.issues.report(limitTroubles(intent.administrationId, fault), deps.now());
      return wait(tx, { ...intent, state, attempts: intent.attempts - 1, dueAt: fault.until });
    case 'suspended':
      await tx.issues.report([suspendedWrites(intent, fault)], deps.now());
      return wait(tx, { ...intent, state, attempts: intent.attempts - 1, dueAt: fault.until });
    case 'silent':
      await tx.issues.report(silenceTroubles(intent.administrationId, fault, deps.now()), deps.now());
      return wait(tx, { ...intent, state, attempts: intent.attempts - 1, dueAt: fault.until });
    case 'too-late':
      return doubt(tx, deps, {
        claimed,
        reason: 'Exact took too long to answer what was asked first',
        state,
      });
    case 'unavailable':
    case 'unexpected':
    case 'misshapen':
      return doubt(tx, deps, { claimed, ...heard(fault), ...(isCreate(claimed) && { state }) });
    case 'uncertain':
      return doubt(tx, deps, { claimed, reason: fault.reason });
    case 'access-lost':
      await tellOfLostAccess(tx, { intent, now: deps.now(), reason: fault.reason });
      return wait(tx, { ...intent, state, dueAt: later(deps, longestPauseMs) });
    case 'reconnect':
      return wait(tx, { ...intent, state, dueAt: later(deps, longestPauseMs) });
    case 'right-missing':
      await tellLater(tx, intent);
      return fail(tx, deps, {
        claimed,
        failure: { kind: fault.kind, message: fault.reason },
        cause: 'write-forbidden',
      });
    case 'refused':
      await tellLater(tx, intent);
      return fail(tx, deps, {
        claimed,
        failure: { kind: fault.kind, message: fault.message },
        cause: causeOfRefusal(fault.about),
      });
    case 'collision':
      return fail(tx, deps, {
        claimed,
        failure: { kind: fault.kind, message: fault.message },
        cause: 'write-exists',
        trouble: await troubleOfCollision(tx, claimed, fault),
      });
    case 'alike':
      return failAlike(tx, deps, { intent: claimed.intent, account: fault.row });
    case 'never-arrived':
      await tellLater(tx, intent);
      await endUpdate(tx, intent, deps.now());
      return { kind: 'nothing-to-do' };
    case 'gone':
      return fail(tx, deps, {
        claimed,
        failure: { kind: fault.kind, message: 'the record is not there any more' },
      });
  }
}

/** What an answer that was no answer tells. */
function heard(
  fault: Extract<WriteFault, { kind: 'unavailable' | 'unexpected' | 'misshapen' }>,
): Pick<Doubt, 'reason' | 'notBefore'> {
  return { reason: fault.reason, notBefore: fault.kind === 'unavailable' ? fault.retryAt : null };
}

/** Whether an earlier try may have arrived. */
function mayBeSent(claimed: ClaimedWrite): boolean {
  return isCreate(claimed) ? claimed.search.sentSince !== null : claimed.intent.attempts > 1;
}

/** Of a create it is known whether a fault came before anything was sent. */
function isCreate(claimed: ClaimedWrite): claimed is ClaimedAccountWrite & { readonly search: CreateSearch } {
  return 'search' in claimed && claimed.search !== null;
}

async function settleRead(
  tx: SendWriteTx,
  deps: SendWriteDeps,
  { claimed, readBack }: { claimed: ClaimedWrite; readBack: ReadBack },
): Promise<WriteOutcome> {
  const { intent, isOvertaken, notTaken } = readBack;
  const now = deps.now();
  await readBack.store(tx, now);
  if (intent.sourceRelationId) await keepKeys(tx, intent.sourceRelationId, deps.newId);
  if (notTaken.length > 0) {
    const message = `dropped without a word: ${notTaken.join(', ')}`;
    await tellLater(tx, intent, notTaken);
    const fields = Object.keys(intent.patch).filter((field) => !notTaken.includes(field));
    if (intent.kind === 'update' && fields.length > 0)
      await tellOfSuccess(tx, { intent, now, fields, isOvertaken });
    const failure = { kind: 'silently-dropped', message };
    return fail(tx, deps, { claimed, failure, fields: notTaken });
  }
  const state = isOvertaken ? 'superseded' : 'confirmed';
  await tx.writeIntents.save({ ...intent, state, failure: null, settledAt: now });
  await tellOfSuccess(tx, { intent, now, isOvertaken });
  return { kind: isOvertaken ? 'overtaken' : 'confirmed' };
}

interface Doubt {
  readonly claimed: ClaimedWrite;
  readonly reason: string;
  /** Planned when nothing of it can have arrived; uncertain when none is given. */
  readonly state?: 'planned' | 'uncertain';
  /** When none is given, the longer the more tries there were. */
  readonly pauseMs?: number;
  readonly notBefore?: Date | null;
}

/** Looks up later what came of it; a person is asked when that was tried often enough. */
export async function doubt(
  tx: SendWriteTx,
  deps: SendWriteDeps,
  { claimed, reason, state = 'uncertain', pauseMs, notBefore = null }: Doubt,
): Promise<WriteOutcome> {
  const { intent } = claimed;
  const failure = { kind: 'uncertain', message: reason.slice(0, 2_000) };
  const tries = intent.attempts - intent.triesBefore;
  if (tries >= writeAttemptsMax) {
    await tellLaterOfDoubt(tx, intent);
    return fail(tx, deps, { claimed, failure, cause: 'write-uncertain' });
  }
  if (tries >= attemptsUntilIssue)
    await tellOfDoubt(tx, { trouble: troubleOf('write-uncertain', claimed, reason), now: deps.now() });
  const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(tries - 1, 20));
  const dueAt = later(deps, pauseMs ?? longest * (0.5 + deps.random() / 2));
  return wait(tx, { ...intent, state, failure, dueAt: notBefore && notBefore > dueAt ? notBefore : dueAt });
}

/** Who sent it looks again then; after a crash the sweeper does. A message beside that would double the looks with every limit. */
async function wait(tx: SendWriteTx, intent: WriteIntent): Promise<WriteOutcome> {
  // A plan is what is known not to have arrived.
  await tx.writeIntents.save(intent.state === 'planned' ? { ...intent, sentAt: null } : intent);
  return { kind: 'waiting', dueAt: intent.dueAt };
}

function later(deps: SendWriteDeps, ms: number): Date {
  return new Date(deps.now().getTime() + ms);
}
