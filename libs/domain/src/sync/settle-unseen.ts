import type { IssuesTx } from '../issues/index.js';
import type { CursorsTx } from './cursors.port.js';
import type { SourceStoreTx, StoreContext } from './source-store.port.js';

/** More than this share of an administration vanishing at once is asked before it is believed (E11 c). */
export const unseenShareMax = 0.05;
/** Fewer than this many are believed whatever their share: small administrations would ask for every one. */
const unseenAlwaysBelieved = 3;

/**
 * Accounts that a full read did not meet are deleted only when Exact's own count agrees with what was met (I8) and they are few;
 * otherwise nothing is deleted and a person is asked.
 */
export async function settleUnseen(
  tx: SourceStoreTx & CursorsTx & IssuesTx,
  context: StoreContext,
  counted: number,
): Promise<void> {
  const { administrationId, now } = context;
  const present = await tx.sourceStore.countPresent(administrationId);
  const unseen = await tx.sourceStore.countUnseen(context);
  const causeKey = `deletions-unproven:${administrationId}`;
  const isProven = present - unseen === counted;
  const isFew = unseen <= unseenAlwaysBelieved || unseen <= present * unseenShareMax;
  if (isProven && isFew) {
    await tx.sourceStore.markUnseenDeleted(context);
    await tx.issues.resolve([causeKey], now, 'Koppel');
    return;
  }
  const params = { count: unseen, counted, present };
  await tx.issues.report([{ cause: 'deletions-unproven', causeKey, administrationId, params }], now);
  // Without its cursor the next run reads everything again and tries the proof again.
  if (!isProven) await tx.cursors.remove(administrationId, 'accounts');
}
