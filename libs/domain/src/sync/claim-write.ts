import { isUncoupled, longestTurnMs, wakeBehind, type Administration } from '../administrations/index.js';
import { invariant, ok, type Result, type TenantId, type WriteIntentId } from '../kernel/index.js';
import {
  answerLookMs,
  awaitingAnswer,
  isAwaitingAnswer,
  sharedFieldNames,
  type SharedField,
  type SourceRelation,
} from '../relations/index.js';
import { failAlike } from './fail-write.js';
import { endCreate, prepareCreate } from './prepare-create.js';
import type { CallPurpose, WriteTarget } from './relation-source.port.js';
import type { ClaimedWrite, SendWriteDeps, SendWriteTx, WriteOutcome } from './send-write.js';
import { endUpdate, isStillMeant, takeBack } from './still-meant.js';
import { failureWhenClaimed, giveUpStopping, stopsWorkers } from './stopped-workers.js';
import { dueOnReturn, type AccountWrite, type WriteIntent } from './write-intent.js';

/** A sent write whose worker says nothing for this long is in doubt. */
const answerWaitMs = 150_000;
const notYetMs = 60_000;
/** Who ends the standstill wakes what waits for it (wakeWrites); this is for the one that did not get to that. */
const restMs = 30 * 60_000;
const turnMs = 5_000;

/** The write as it is to be sent now, or why nothing is. */
export type Claim = { kind: 'claimed'; claimed: ClaimedWrite } | WriteOutcome;

/** Takes the write for the worker that is going to send it, when its turn has come and it is still meant. */
export async function claimWrite(
  tx: SendWriteTx,
  deps: SendWriteDeps,
  command: { tenantId: TenantId; intentId: WriteIntentId },
): Promise<Result<Claim, never>> {
  const now = deps.now();
  const intent = await tx.writeIntents.findByIdForUpdate(command.intentId);
  if (!intent || !isOpenIntent(intent)) return ok({ kind: 'nothing-to-do' });
  if (intent.dueAt > now) return ok({ kind: 'waiting', dueAt: intent.dueAt });
  const claim = await claimDue(tx, deps, { ...command, intent });
  // It ended here: the one behind it need not wait.
  if (claim.kind === 'nothing-to-do' || claim.kind === 'failed')
    await wakeBehind(tx, intent.sourceRelationId, now);
  return ok(claim);
}

async function claimDue(
  tx: SendWriteTx,
  deps: SendWriteDeps,
  { tenantId, intent }: { readonly tenantId: TenantId; readonly intent: WriteIntent },
): Promise<Claim> {
  const now = deps.now();
  const administration = await tx.administrations.findById(intent.administrationId);
  invariant(administration, 'a write intent has an administration');
  if (isUncoupled(administration.state)) {
    await settleUncoupled(tx, { intent, administration, now });
    return { kind: 'nothing-to-do' };
  }
  const standstillMs = await standstillOf(tx, administration);
  if (standstillMs > 0) return postpone(tx, intent, new Date(now.getTime() + standstillMs));
  const before = await findBefore(tx, intent, now);
  if (before) return postpone(tx, intent, turnAfter(before, now));
  const source = intent.sourceRelationId
    ? await tx.sourceStore.findRelation(intent.sourceRelationId)
    : undefined;
  if (stopsWorkers(intent)) return giveUpStopping(tx, deps, { intent, source: source ?? null });
  if (isCreate(intent)) return claimCreate(tx, deps, { intent, tenantId, administration });
  // Not an error: what is settled here is to be kept.
  if (await settleUnsendable(tx, { intent, source, now })) return { kind: 'nothing-to-do' };
  const sent = sentNow(intent, now);
  await tx.writeIntents.save(sent);
  const target = writeTarget(tenantId, administration, sent);
  const followed = await followedFields(tx, intent);
  const claimed = { intent: sent, administration: target, source: source ?? null, search: null, followed };
  return { kind: 'claimed', claimed: claimed as ClaimedWrite }; // a part's account is there: checked above
}

/**
 * Writes to an account end: what differs once its administration returns is found by the plan. Of contact persons, addresses and bank
 * accounts nothing else tells, so that these wait for the plan, replaced by what is meant later. Not where it never was active: for that
 * one nothing is meant meanwhile (willBeWritten), and what waited would be old.
 */
async function settleUncoupled(
  tx: SendWriteTx,
  at: { readonly intent: WriteIntent; readonly administration: Administration; readonly now: Date },
): Promise<void> {
  const { intent, administration, now } = at;
  if (isCreate(intent)) await endCreate(tx, intent, now);
  else if (intent.part && administration.activatedAt !== null)
    await tx.writeIntents.save({ ...intent, dueAt: dueOnReturn });
  else await endUpdate(tx, intent, now);
}

/**
 * How long nothing is sent: not while the coupling or the administration stands still, nor with a consent that is over (F82). Milliseconds;
 * 0 when it may go out.
 */
async function standstillOf(tx: SendWriteTx, { state, connectionId }: Administration): Promise<number> {
  const { isActive, brokenConnectionIds } = await tx.syncPolicy.read();
  if (brokenConnectionIds.includes(connectionId)) return restMs;
  if (state === 'paused' || state === 'access-lost') return restMs;
  return isActive && state === 'active' ? 0 : notYetMs;
}

function isCreate(intent: WriteIntent): intent is AccountWrite {
  return intent.part === null && intent.kind === 'create';
}

/** The create as it is to be sent; what the relation says by now, unless it may have been sent already. */
async function claimCreate(
  tx: SendWriteTx,
  deps: SendWriteDeps,
  at: { readonly intent: AccountWrite; readonly tenantId: TenantId; readonly administration: Administration },
): Promise<Claim> {
  const { intent, administration, tenantId } = at;
  const now = deps.now();
  const prepared = await prepareCreate(tx, intent, administration);
  if (!prepared) {
    await endCreate(tx, intent, now);
    return { kind: 'nothing-to-do' };
  }
  if (prepared === 'waits-for-answer')
    return postpone(tx, { ...intent, failure: awaitingAnswer }, new Date(now.getTime() + answerLookMs));
  if ('inQuestion' in prepared) return failAlike(tx, deps, { intent, account: prepared.inQuestion });
  const { sentSince: sentAt } = prepared.search;
  const failure = isAwaitingAnswer(intent) ? null : intent.failure;
  const sent = { ...sentNow({ ...intent, patch: prepared.patch, failure }, now), sentAt };
  await tx.writeIntents.save(sent);
  const target = writeTarget(tenantId, administration, sent);
  const { search } = prepared;
  return {
    kind: 'claimed',
    claimed: { intent: sent, administration: target, source: null, search, followed: [] },
  };
}

function sentNow<Intent extends WriteIntent>(intent: Intent, now: Date): Intent {
  const dueAt = new Date(now.getTime() + answerWaitMs);
  const failure = failureWhenClaimed(intent);
  return { ...intent, state: 'sent', attempts: intent.attempts + 1, failure, sentAt: now, dueAt };
}

/** Whether the write ended here, because its account is gone or is not the one any more that it was meant for. */
async function settleUnsendable(
  tx: SendWriteTx,
  at: { readonly intent: WriteIntent; readonly source: SourceRelation | undefined; readonly now: Date },
): Promise<boolean> {
  const { intent, source, now } = at;
  if (source?.state !== 'present') {
    const failure = { kind: 'account-gone', message: 'the account is not there any more' };
    await tx.writeIntents.save({ ...intent, state: 'failed', failure, settledAt: now });
    return true;
  }
  if (await isStillMeant(tx, intent, source)) return false;
  await takeBack(tx, at.intent, { account: source, now });
  return true;
}

function isOpenIntent(intent: WriteIntent): boolean {
  return intent.state === 'planned' || intent.state === 'sent' || intent.state === 'uncertain';
}

/** Writes to one account go in the order in which they were meant; none waits for one of a plan whose turn comes later, perhaps in days. */
async function findBefore(tx: SendWriteTx, intent: WriteIntent, now: Date): Promise<WriteIntent | undefined> {
  if (!intent.sourceRelationId) return undefined;
  const open = await tx.writeIntents.findOpenOf([intent.sourceRelationId]);
  const first = open.find((each) => each.dueAt < dueOnReturn && !isPlannedFor(each, now));
  return first?.id === intent.id ? undefined : first;
}

/** When to look whether the turn has come: once the other one goes on, or soon when somebody has it in hand. */
function turnAfter({ state, dueAt }: WriteIntent, now: Date): Date {
  const waitMs = state === 'sent' ? 0 : dueAt.getTime() - now.getTime();
  return new Date(now.getTime() + Math.min(Math.max(waitMs, turnMs), longestTurnMs));
}

/**
 * What a later write will say anyway. Repeated, this one could overwrite an edit in Exact that comparing has accepted since, and of which the later
 * one tells.
 */
async function followedFields(tx: SendWriteTx, intent: WriteIntent): Promise<SharedField[]> {
  if (intent.part || intent.attempts === 0 || !intent.sourceRelationId) return [];
  const open = await tx.writeIntents.findOpenOf([intent.sourceRelationId]);
  const later = open.slice(open.findIndex(({ id }) => id === intent.id) + 1);
  return sharedFieldNames.filter((field) => later.some(({ part, patch }) => !part && field in patch));
}

function isPlannedFor({ purpose, state, dueAt }: WriteIntent, now: Date): boolean {
  return purpose === 'plan' && state === 'planned' && dueAt > now;
}

async function postpone(
  tx: SendWriteTx,
  intent: WriteIntent,
  dueAt: Date,
): Promise<Extract<WriteOutcome, { kind: 'waiting' }>> {
  await tx.writeIntents.save({ ...intent, dueAt });
  return { kind: 'waiting', dueAt };
}

function writeTarget(
  tenantId: TenantId,
  administration: Administration,
  sent: Pick<WriteIntent, 'purpose' | 'attempts' | 'triesBefore'>,
): WriteTarget {
  const { id, connectionId, region, division } = administration;
  return { tenantId, id, connectionId, region, division, purpose: purposeOfTry(sent) };
}

/** A person waits for the first try; after that the write goes on by itself, and each would call an Exact that is down. */
function purposeOfTry({
  purpose,
  attempts,
  triesBefore,
}: Pick<WriteIntent, 'purpose' | 'attempts' | 'triesBefore'>): CallPurpose {
  return purpose === 'interactive' && attempts - triesBefore > 1 ? 'upkeep' : purpose;
}
