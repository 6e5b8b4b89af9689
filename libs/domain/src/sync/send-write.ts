import {
  invariant,
  ok,
  type Deps,
  type OutboxTx,
  type Result,
  type TenantId,
  type WriteIntentId,
} from '../kernel/index.js';
import { isUncoupled, type Administration, type AdministrationsTx } from '../administrations/index.js';
import type { IssuesTx } from '../issues/index.js';
import type { ActsTx } from '../history/index.js';
import type {
  ActionsTx,
  AskAboutAlikeTx,
  CreateSearch,
  LinksTx,
  RelationsTx,
  SourcePartsTx,
  SourceRelation,
} from '../relations/index.js';
import type { SourceAdministration } from './relation-source.port.js';
import { beginCreate } from './begin-create.js';
import { carryOutPart } from './carry-out-part.js';
import { carryOut } from './carry-out-write.js';
import { failAlike } from './fail-write.js';
import { findCollision } from './find-collision.js';
import { endCreate, prepareCreate } from './prepare-create.js';
import { settleCreate } from './settle-create.js';
import { accountReadBack, partReadBack } from './read-back.js';
import { settleWrite, type Written } from './settle-write.js';
import type { SourceStoreTx } from './source-store.port.js';
import { isStillMeant, takeBack } from './still-meant.js';
import type { SyncPolicyTx } from './sync-policy.port.js';
import type { AccountWrite, PartWrite, WriteIntent } from './write-intent.js';
import type { WriteIntentsTx } from './write-intents.port.js';
import type { IsTooLate, WriteSource } from './write-source.port.js';

export type SendWriteTx = WriteIntentsTx &
  SourceStoreTx &
  SourcePartsTx &
  LinksTx &
  RelationsTx &
  AdministrationsTx &
  SyncPolicyTx &
  AskAboutAlikeTx &
  ActionsTx &
  ActsTx &
  IssuesTx &
  OutboxTx;

export interface SendWriteDeps extends Deps<SendWriteTx> {
  readonly source: WriteSource;
  /** From 0 to 1: spreads retries. */
  readonly random: () => number;
  /** Milliseconds since some moment, by a clock that nobody sets. */
  readonly uptime: () => number;
}

export interface ClaimedAccountWrite {
  readonly intent: AccountWrite;
  readonly administration: SourceAdministration;
  /** The account as we know it; null for a create. */
  readonly source: SourceRelation | null;
  /** What a create must know of what it may find; null for an update. */
  readonly search: CreateSearch | null;
}

export interface ClaimedPartWrite {
  readonly intent: PartWrite;
  readonly administration: SourceAdministration;
  /** The account that the part belongs to. */
  readonly source: SourceRelation;
}

export type ClaimedWrite = ClaimedAccountWrite | ClaimedPartWrite;

export type WriteOutcome =
  | { readonly kind: 'nothing-to-do' }
  | { readonly kind: 'waiting'; readonly dueAt: Date }
  /** Overtaken: somebody changed the same in Exact meanwhile, so nothing was written. */
  | { readonly kind: 'confirmed' | 'failed' | 'overtaken' };

/** A sent write whose worker says nothing for this long is in doubt. */
const answerWaitMs = 150_000;
/** A worker sends nothing later than this after it began: the longest call of all, 120 s, then ends before another worker takes over. */
const sendWithinMs = 25_000;
const notYetMs = 60_000;
/** A reconnect wakes what waits for it (wakeConnection); this is for the one that did not get to that. */
const brokenMs = 30 * 60_000;
const turnMs = 5_000;

/**
 * Carries one write intent out in Exact and reads it back. Three outcomes: confirmed, failed with Exact's own text, or uncertain,
 * which is looked up before it is repeated (product.md 3.17). Nothing is sent while the coupling is not active (3.19).
 */
export async function sendWrite(
  deps: SendWriteDeps,
  command: { readonly tenantId: TenantId; readonly intentId: WriteIntentId },
): Promise<WriteOutcome> {
  const isTooLate = fenceFrom(deps);
  const claim = await deps.uow.run(command.tenantId, (tx) => claimWrite(tx, deps, command));
  if (!claim.ok) return claim.error;
  if (claim.value.kind !== 'claimed') return claim.value;
  const { claimed } = claim.value;
  if (!isPartWrite(claimed) && claimed.search) {
    const begin = () => beginCreate(deps, command.tenantId, claimed.intent);
    const carriedOut = await carryOut(deps.source, { ...claimed, isTooLate, begin });
    const written = await findCollision(deps.source, { ...claimed, isTooLate }, carriedOut);
    return settleCreate(deps, command.tenantId, { claimed, written });
  }
  return settleWrite(deps, command.tenantId, {
    claimed,
    written: await write(deps.source, claimed, isTooLate),
  });
}

/**
 * Whether the worker stood still for so long that another one may have taken the write over (F02). The clock that nobody sets goes on while a
 * process is paused, the other one while the whole machine is.
 */
function fenceFrom({ uptime, now }: Pick<SendWriteDeps, 'uptime' | 'now'>): IsTooLate {
  const begun = { uptime: uptime(), at: now().getTime() };
  return () => Math.max(uptime() - begun.uptime, now().getTime() - begun.at) > sendWithinMs;
}

async function write(source: WriteSource, claimed: ClaimedWrite, isTooLate: IsTooLate): Promise<Written> {
  if (!isPartWrite(claimed)) {
    const carriedOut = await carryOut(source, { ...claimed, isTooLate, begin: null });
    const written = await findCollision(source, { ...claimed, isTooLate }, carriedOut);
    return written.ok ? ok(accountReadBack(claimed, written.value)) : written;
  }
  const { intent, administration } = claimed;
  const { exactId: accountExactId } = claimed.source;
  const written = await carryOutPart(source, { intent, administration, accountExactId, isTooLate });
  return written.ok ? ok(partReadBack(claimed, written.value)) : written;
}

function isPartWrite(claimed: ClaimedWrite): claimed is ClaimedPartWrite {
  return claimed.intent.part !== null;
}

type Claim = { kind: 'claimed'; claimed: ClaimedWrite } | WriteOutcome;

async function claimWrite(
  tx: SendWriteTx,
  deps: SendWriteDeps,
  command: { tenantId: TenantId; intentId: WriteIntentId },
): Promise<Result<Claim, never>> {
  const now = deps.now();
  const intent = await tx.writeIntents.findByIdForUpdate(command.intentId);
  if (!intent || !isOpenIntent(intent)) return ok({ kind: 'nothing-to-do' });
  if (intent.dueAt > now) return ok({ kind: 'waiting', dueAt: intent.dueAt });
  const administration = await tx.administrations.findById(intent.administrationId);
  invariant(administration, 'a write intent has an administration');
  if (isCreate(intent) && isUncoupled(administration.state)) {
    await endCreate(tx, intent, now);
    return ok({ kind: 'nothing-to-do' });
  }
  const standstillMs = await standstillOf(tx, administration);
  if (standstillMs > 0) return ok(await postpone(tx, intent, new Date(now.getTime() + standstillMs)));
  if (await isBehindAnother(tx, intent))
    return ok(await postpone(tx, intent, new Date(now.getTime() + turnMs)));
  if (isCreate(intent))
    return ok(await claimCreate(tx, deps, { intent, tenantId: command.tenantId, administration }));
  const source = intent.sourceRelationId
    ? await tx.sourceStore.findRelation(intent.sourceRelationId)
    : undefined;
  // Not an error: what is settled here is to be kept.
  if (await settleUnsendable(tx, { intent, source, now })) return ok({ kind: 'nothing-to-do' });
  const sent = sentNow(intent, now);
  await tx.writeIntents.save(sent);
  const target = sourceAdministration(command.tenantId, administration);
  const claimed = { intent: sent, administration: target, source: source ?? null, search: null };
  return ok({ kind: 'claimed', claimed: claimed as ClaimedWrite }); // a part's account is there: checked above
}

/**
 * How long nothing is sent: not while the coupling or the administration stands still, nor with a consent that is over (F82). Milliseconds;
 * 0 when it may go out.
 */
async function standstillOf(tx: SendWriteTx, { state, connectionId }: Administration): Promise<number> {
  const { isActive, brokenConnectionIds } = await tx.syncPolicy.read();
  if (brokenConnectionIds.includes(connectionId)) return brokenMs;
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
  if ('inQuestion' in prepared) return failAlike(tx, deps, { intent, account: prepared.inQuestion });
  const { sentSince: sentAt } = prepared.search;
  const sent = { ...sentNow({ ...intent, patch: prepared.patch }, now), sentAt };
  await tx.writeIntents.save(sent);
  const target = sourceAdministration(tenantId, administration);
  const { search } = prepared;
  return { kind: 'claimed', claimed: { intent: sent, administration: target, source: null, search } };
}

function sentNow<Intent extends WriteIntent>(intent: Intent, now: Date): Intent {
  const dueAt = new Date(now.getTime() + answerWaitMs);
  return { ...intent, state: 'sent', attempts: intent.attempts + 1, sentAt: now, dueAt };
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

/** Writes to one account go in the order in which they were meant. */
async function isBehindAnother(tx: SendWriteTx, intent: WriteIntent): Promise<boolean> {
  if (!intent.sourceRelationId) return false;
  const [first] = await tx.writeIntents.findOpenOf([intent.sourceRelationId]);
  return first !== undefined && first.id !== intent.id;
}

async function postpone(
  tx: SendWriteTx,
  intent: WriteIntent,
  dueAt: Date,
): Promise<Extract<WriteOutcome, { kind: 'waiting' }>> {
  await tx.writeIntents.save({ ...intent, dueAt });
  return { kind: 'waiting', dueAt };
}

function sourceAdministration(tenantId: TenantId, administration: Administration): SourceAdministration {
  const { id, connectionId, region, division } = administration;
  return { tenantId, id, connectionId, region, division };
}
