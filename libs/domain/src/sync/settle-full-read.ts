import type { IssuesTx } from '../issues/index.js';
import type { CursorsTx } from './cursors.port.js';
import { dataKindOfPart, type PartKind } from './data-kind.js';
import type { UnseenKind } from './examine-end.js';
import type { SourceStoreTx, StoreContext } from './source-store.port.js';

/** More than this share of an administration vanishing at once is asked before it is believed (E11 c). */
export const unseenShareMax = 0.05;
/** Fewer than this many are believed whatever their share: small administrations would ask for every one. */
const unseenAlwaysBelieved = 3;

/** Exact's own count of each kind of which records were not met, and the kinds of which all were. */
interface FullRead {
  readonly met: readonly UnseenKind[];
  readonly counted: ReadonlyMap<UnseenKind, number>;
}

/**
 * Records that a full read did not meet are deleted only when Exact's own count agrees with what was met (I8) and they are few;
 * otherwise nothing is deleted and a person is asked, until a full read meets all. Parts whose deletions the log has forgotten are told so
 * too (E11).
 */
export async function settleFullRead(
  tx: SourceStoreTx & CursorsTx & IssuesTx,
  context: StoreContext,
  { met, counted }: FullRead,
): Promise<void> {
  const proven = met.map((kind) => unprovenKey(context, kind));
  if (proven.length > 0) await tx.issues.resolve(proven, context.now, 'Koppel');
  for (const [kind, count] of counted)
    if (kind === 'account') await settleAccounts(tx, context, count);
    else await settleParts(tx, context, { kind, counted: count });
}

/** The issue that records vanished which nothing proves to be gone. */
export function unprovenKey({ administrationId }: StoreContext, kind: UnseenKind): string {
  return kind === 'account'
    ? `deletions-unproven:${administrationId}`
    : `part-deletions-unproven:${administrationId}:${kind}`;
}

async function settleAccounts(
  tx: SourceStoreTx & CursorsTx & IssuesTx,
  context: StoreContext,
  counted: number,
): Promise<void> {
  const { administrationId, now } = context;
  const present = await tx.sourceStore.countPresent(administrationId);
  const unseen = await tx.sourceStore.countUnseen(context);
  const causeKey = unprovenKey(context, 'account');
  const proof = proofOf({ present, unseen, counted });
  if (proof === 'few') {
    await tx.sourceStore.markUnseenDeleted(context);
    await tx.issues.resolve([causeKey], now, 'Koppel');
    return;
  }
  const params = { count: unseen, counted, present };
  await tx.issues.report([{ cause: 'deletions-unproven', causeKey, administrationId, params }], now);
  // Without its cursor the next run reads everything again and tries the proof again.
  if (proof === 'none') await tx.cursors.remove(administrationId, 'accounts');
}

/** Unproven ones are tried again by the next full read, whenever that is: accounts decide when everything is read again, and the daily count of bank accounts. */
async function settleParts(
  tx: SourceStoreTx & IssuesTx,
  context: StoreContext,
  { kind, counted }: { readonly kind: PartKind; readonly counted: number },
): Promise<void> {
  const { administrationId, now } = context;
  const present = await tx.sourceStore.countPresentParts(administrationId, kind);
  const unseen = await tx.sourceStore.countUnseenParts(context, kind);
  const causeKey = unprovenKey(context, kind);
  // None at all proves nothing: Exact says so too to who may not read them.
  if (counted > 0 && proofOf({ present, unseen, counted }) === 'few') {
    await tx.sourceStore.markUnseenPartsDeleted(context, kind);
    await tx.issues.resolve([causeKey], now, 'Koppel');
    return;
  }
  const params = { kind: dataKindOfPart[kind], count: unseen, counted, present };
  await tx.issues.report([{ cause: 'part-deletions-unproven', causeKey, administrationId, params }], now);
}

/** Whether Exact's count agrees with what was met, and whether what is missing is little enough to be believed. */
function proofOf(read: { present: number; unseen: number; counted: number }): 'none' | 'many' | 'few' {
  if (read.present - read.unseen !== read.counted) return 'none';
  const isFew = read.unseen <= unseenAlwaysBelieved || read.unseen <= read.present * unseenShareMax;
  return isFew ? 'few' : 'many';
}
