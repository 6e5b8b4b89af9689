import type { IssuesTx } from '../issues/index.js';
import type { CursorsTx } from './cursors.port.js';
import type { SourceStoreTx, StoreContext } from './source-store.port.js';
import type { SyncRunsTx } from './sync-runs.port.js';
import { endedStep, missedAccounts, type SyncStep } from './sync-step.js';

/** The end of a full read of accounts, its last page stored. */
export interface CountedEnd {
  /** As it was before the last page. */
  readonly before: SyncStep;
  readonly step: SyncStep;
  /** What Exact counted before the last page was asked for. */
  readonly expected: number | null;
  /** What Exact counts after it. */
  readonly counted: number;
}

export type ReadSoFar = 'all' | 'read-on' | 'short';

/**
 * Exact's list may end early without an error (exact-online.md 3.7), so what a full read met is held against Exact's own count. Fewer
 * may have come in meanwhile or lie beyond the end that was told: both have higher row versions, so it is read on from the highest, for
 * as long as that brings any. What is short of both counts then was not made meanwhile. Accounts that are known but were not met are
 * left to the proof of deletions, which reads all again where it fails (settle-full-read.ts).
 */
export async function readSoFar(
  tx: SourceStoreTx,
  context: StoreContext,
  { before, step, expected, counted }: CountedEnd,
): Promise<ReadSoFar> {
  const present = (await tx.sourceStore.countPresent(context.administrationId)) + step.rejected;
  const met = present - (await tx.sourceStore.countUnseen(context));
  if (met >= counted) return 'all';
  if (step.cursorTimestamp !== before.cursorTimestamp) return 'read-on';
  return met < (expected ?? counted) && present < counted ? 'short' : 'all';
}

/** The step at the end of a read that stayed short: failed and told, and without a cursor, so that the next read is of everything. */
export async function endShort(
  tx: CursorsTx & IssuesTx & SyncRunsTx,
  { administrationId, runId, now }: StoreContext,
  { step, counted }: CountedEnd,
): Promise<SyncStep> {
  await tx.cursors.remove(administrationId, 'accounts');
  const cause = missedAccounts;
  const params = { count: step.records, counted };
  await tx.issues.report(
    [{ cause, causeKey: missedAccountsKey(administrationId), administrationId, params }],
    now,
  );
  const event = { key: 'part-failed', params: { kind: step.kind } } as const;
  await tx.syncRuns.addEvent({ runId, administrationId, at: now, ...event });
  const message = `Exact counts ${counted} relations and gave ${step.records}`;
  return endedStep(step, { state: 'failed', failure: { kind: cause, message } }, now);
}

/** The issue that a whole read closes. */
export function missedAccountsKey(administrationId: StoreContext['administrationId']): string {
  return `${missedAccounts}:${administrationId}`;
}
