import { ok, type Deps, type OutboxTx, type TenantId, type WriteIntentId } from '../kernel/index.js';
import type { AdministrationsTx, ConnectionsTx } from '../administrations/index.js';
import type { IssuesTx } from '../issues/index.js';
import type { ActsTx } from '../history/index.js';
import type {
  ActionsTx,
  AskAboutAlikeTx,
  CreateSearch,
  LinksTx,
  MatchKeysTx,
  RelationsTx,
  SharedField,
  SourcePartsTx,
  SourceRelation,
  SourceRelationsTx,
} from '../relations/index.js';
import type { WriteTarget } from './relation-source.port.js';
import { beginCreate } from './begin-create.js';
import { carryOutPart } from './carry-out-part.js';
import { carryOut } from './carry-out-write.js';
import { claimWrite } from './claim-write.js';
import type { CursorsTx } from './cursors.port.js';
import { findCollision } from './find-collision.js';
import { settleCreate } from './settle-create.js';
import { accountReadBack, partReadBack } from './read-back.js';
import { settleWrite, type Written } from './settle-write.js';
import type { SourceStoreTx } from './source-store.port.js';
import type { SyncPolicyTx } from './sync-policy.port.js';
import type { AccountWrite, PartWrite } from './write-intent.js';
import type { WriteIntentsTx } from './write-intents.port.js';
import type { IsTooLate, WriteSource } from './write-source.port.js';

export type SendWriteTx = WriteIntentsTx &
  SourceStoreTx &
  SourcePartsTx &
  LinksTx &
  RelationsTx &
  AdministrationsTx &
  ConnectionsTx &
  CursorsTx &
  SyncPolicyTx &
  AskAboutAlikeTx &
  SourceRelationsTx &
  MatchKeysTx &
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
  readonly administration: WriteTarget;
  /** The account as we know it; null for a create. */
  readonly source: SourceRelation | null;
  /** What a create must know of what it may find; null for an update. */
  readonly search: CreateSearch | null;
  /** Fields about which a later write to the account says something, when this one may have arrived already: in these it is not repeated. */
  readonly followed: readonly SharedField[];
}

export interface ClaimedPartWrite {
  readonly intent: PartWrite;
  readonly administration: WriteTarget;
  /** The account that the part belongs to. */
  readonly source: SourceRelation;
}

export type ClaimedWrite = ClaimedAccountWrite | ClaimedPartWrite;

export type WriteOutcome =
  | { readonly kind: 'nothing-to-do' }
  /** Another worker took it over meanwhile: its outcome counts. */
  | { readonly kind: 'fenced' }
  | { readonly kind: 'waiting'; readonly dueAt: Date }
  /** Overtaken: somebody changed the same in Exact meanwhile, so nothing was written. */
  | { readonly kind: 'confirmed' | 'failed' | 'overtaken' };

/** A worker sends nothing later than this after it began: the longest call of all, 120 s, then ends before another worker takes over. */
const sendWithinMs = 25_000;

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
