import { ok, systemActor, type Result, type TenantId } from '../kernel/index.js';
import { writeIssueOf, writeIssuesOf, type Trouble, type WriteFailure } from '../issues/index.js';
import { askAboutAlike, isAnonymised, type CreateSearch, type SourceRelation } from '../relations/index.js';
import type { AlikeFound } from './carry-out-write.js';
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
import type { AccountRow } from './source-rows.js';
import { tellLater, tellLaterOfDoubt } from './not-arrived.js';
import { takeBack } from './still-meant.js';
import type { TooLate } from './write-source.port.js';
import type { WriteIntent } from './write-intent.js';
import { causeOfRefusal, reportFailure, troubleOf, troubleOfCollision } from './write-trouble.js';

/** Tries of one write before a person is asked. */
export const writeAttemptsMax = 20;
const firstPauseMs = 5_000;
const longestPauseMs = 15 * 60_000;
const attemptsUntilIssue = 4;

/** How a write ended, or why that is not known. */
export type Written = Result<ReadBack, WriteFault>;

export type WriteFault = SourceFault | TooLate | AlikeFound | Collision | { readonly kind: 'gone' };

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
    // Another worker took it over meanwhile: its outcome counts.
    if (intent?.state !== 'sent' || intent.attempts !== settled.claimed.intent.attempts)
      return ok<WriteOutcome>({ kind: 'nothing-to-do' });
    return ok(await settle(tx, deps, { ...settled, known }));
  });
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
    case 'suspended':
      return wait(tx, { ...intent, state, attempts: intent.attempts - 1, dueAt: fault.until });
    case 'too-late':
      return doubt(tx, deps, {
        claimed,
        reason: 'Exact took too long to answer what was asked first',
        state,
      });
    case 'unavailable':
    case 'unexpected':
      return doubt(tx, deps, { claimed, reason: fault.reason, ...(isCreate(claimed) && { state }) });
    case 'uncertain':
      return doubt(tx, deps, { claimed, reason: fault.reason });
    case 'access-lost':
      await tellOfLostAccess(tx, deps, { intent, reason: fault.reason });
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
    case 'gone':
      return fail(tx, deps, {
        claimed,
        failure: { kind: fault.kind, message: 'the record is not there any more' },
      });
  }
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
  if (notTaken.length > 0) {
    const message = `dropped without a word: ${notTaken.join(', ')}`;
    await tellLater(tx, intent, notTaken);
    return fail(tx, deps, { claimed, failure: { kind: 'silently-dropped', message } });
  }
  const state = isOvertaken ? 'superseded' : 'confirmed';
  await tx.writeIntents.save({ ...intent, state, failure: null, settledAt: now });
  // Overtaken, it proves nothing of a refusal before it.
  const over = isOvertaken ? [writeIssueOf('write-uncertain', intent)] : writeIssuesOf(intent);
  await tx.issues.resolve(over, now, systemActor.name);
  return { kind: isOvertaken ? 'overtaken' : 'confirmed' };
}

interface Doubt {
  readonly claimed: ClaimedWrite;
  readonly reason: string;
  /** Planned when nothing of it can have arrived; uncertain when none is given. */
  readonly state?: 'planned' | 'uncertain';
  /** When none is given, the longer the more tries there were. */
  readonly pauseMs?: number;
}

/** Looks up later what came of it; a person is asked when that was tried often enough. */
export async function doubt(
  tx: SendWriteTx,
  deps: SendWriteDeps,
  { claimed, reason, state = 'uncertain', pauseMs }: Doubt,
): Promise<WriteOutcome> {
  const { intent } = claimed;
  const failure = { kind: 'uncertain', message: reason.slice(0, 2_000) };
  if (intent.attempts >= writeAttemptsMax) {
    await tellLaterOfDoubt(tx, intent);
    return fail(tx, deps, { claimed, failure });
  }
  if (intent.attempts >= attemptsUntilIssue)
    await tx.issues.report([troubleOf('write-uncertain', claimed, reason)], deps.now());
  const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(intent.attempts - 1, 20));
  const dueAt = later(deps, pauseMs ?? longest * (0.5 + deps.random() / 2));
  return wait(tx, { ...intent, state, failure, dueAt });
}

async function wait(tx: SendWriteTx, intent: WriteIntent): Promise<WriteOutcome> {
  // A plan is what is known not to have arrived.
  await tx.writeIntents.save(intent.state === 'planned' ? { ...intent, sentAt: null } : intent);
  await tx.outbox.add({ kind: 'send-write', intentId: intent.id }, intent.dueAt);
  return { kind: 'waiting', dueAt: intent.dueAt };
}

/** Nothing is made beside an account that may be the relation: people are asked whether it is. */
export async function failAlike(
  tx: SendWriteTx,
  deps: SendWriteDeps,
  {
    intent,
    account,
  }: { readonly intent: WriteIntent; readonly account: Pick<AccountRow, 'exactId' | 'fields'> },
): Promise<WriteOutcome> {
  const now = deps.now();
  const { administrationId } = intent;
  const failure = { kind: 'alike', message: account.exactId };
  await tx.writeIntents.save({ ...intent, patch: {}, state: 'failed', failure, settledAt: now });
  const { exactId, fields } = account;
  const params = {
    ...{ name: fields.shared.name, code: fields.local.code?.trim() ?? '' },
    ...{ exactId, intentId: intent.id },
  };
  const causeKey = writeIssueOf('account-alike', intent);
  await tx.issues.report([{ cause: 'account-alike', causeKey, administrationId, params }], now);
  await askWhetherSame(tx, deps, { ...intent, exactId });
  return { kind: 'failed' };
}

type AccountAlike = Pick<WriteIntent, 'relationId' | 'administrationId'> & Pick<AccountRow, 'exactId'>;

/** Of an account that was not compared yet, comparing asks. */
async function askWhetherSame(
  tx: SendWriteTx,
  { newId, now }: SendWriteDeps,
  { relationId, administrationId, exactId }: AccountAlike,
): Promise<void> {
  const account = await tx.sourceStore.findAccount({ administrationId, exactId });
  const links = account ? await tx.links.findOfSources([account.id]) : [];
  if (account && links.length > 0) await askAboutAlike(tx, { relationId, account }, { newId, now: now() });
  else await tx.outbox.add({ kind: 'start-resync', administrationIds: [administrationId] });
}

interface Failed {
  readonly claimed: ClaimedWrite;
  readonly failure: NonNullable<WriteIntent['failure']>;
  /** The general one when none is given. */
  readonly cause?: WriteFailure;
  /** Made of the cause and the failure's text when none is given. */
  readonly trouble?: Trouble;
}

async function fail(tx: SendWriteTx, deps: SendWriteDeps, failed: Failed): Promise<WriteOutcome> {
  const { claimed, failure, cause = 'write-refused' } = failed;
  const now = deps.now();
  await tx.writeIntents.save({ ...claimed.intent, state: 'failed', failure, settledAt: now });
  const trouble = failed.trouble ?? troubleOf(cause, claimed, failure.message);
  await reportFailure(tx, claimed, { trouble, cause, now });
  return { kind: 'failed' };
}

/** The administration's next run meets the same closed door and pauses it; until then its writes wait. */
async function tellOfLostAccess(
  tx: SendWriteTx,
  deps: SendWriteDeps,
  { intent, reason }: { readonly intent: WriteIntent; readonly reason: string },
): Promise<void> {
  const { administrationId } = intent;
  const causeKey = `administration-forbidden:${administrationId}`;
  const known = await tx.issues.findOpenCauseKeys(causeKey);
  await tx.issues.report(
    [{ cause: 'administration-forbidden', causeKey, administrationId, params: { reason } }],
    deps.now(),
  );
  if (known.length > 0) return;
  await tx.outbox.add({ kind: 'start-resync', administrationIds: [administrationId] });
}

function later(deps: SendWriteDeps, ms: number): Date {
  return new Date(deps.now().getTime() + ms);
}
