import type { IssuesTx } from '../issues/index.js';
import type { CursorsTx } from './cursors.port.js';
import type { UnseenKind } from './examine-end.js';
import { readWholeAgain } from './read-whole-again.js';
import { unprovenKey } from './settle-full-read.js';
import type { SourceStoreTx, StoreContext } from './source-store.port.js';
import { openRejections } from './store-rows.js';
import type { SyncRunsTx } from './sync-runs.port.js';
import { endedStep, missedAccounts, type SyncStep } from './sync-step.js';
import type { SyncStepsTx } from './sync-steps.port.js';

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

type SanityTx = CursorsTx & IssuesTx & SourceStoreTx & SyncStepsTx;

/** The last step of a read of what changed, and one of the counts after it. */
interface DailyCount {
  readonly step: SyncStep;
  readonly steps: readonly SyncStep[];
  readonly counted: number;
}

/**
 * Once a day what Koppel holds is held against Exact's own count (exact-online.md 5.2): where the two differ something was missed, and the
 * next run reads everything, or all bank accounts where it is those.
 */
export async function settleSanity(
  tx: SanityTx,
  context: StoreContext,
  { step, counted }: { readonly step: SyncStep; readonly counted: ReadonlyMap<UnseenKind, number> },
): Promise<void> {
  const steps = await tx.syncSteps.findOfAdministration(context.runId, context.administrationId);
  const accounts = counted.get('account');
  if (accounts !== undefined) await checkAccounts(tx, context, { step, steps, counted: accounts });
  const bankAccounts = counted.get('bank-account');
  if (bankAccounts !== undefined)
    await checkBankAccounts(tx, context, { step, steps, counted: bankAccounts });
}

/** Not while a person is asked about what vanished: that is why they differ. */
async function checkAccounts(
  tx: SanityTx,
  context: StoreContext,
  { step, steps, counted }: DailyCount,
): Promise<void> {
  const { administrationId } = context;
  const accounts = steps.find(({ kind }) => kind === 'accounts');
  // One that failed holds up what came meanwhile, and one that read everything was counted itself.
  if (accounts?.state !== 'done' || accounts.isFullRead) return;
  if ((await tx.issues.findUnresolvedCauseKeys(unprovenKey(context, 'account'))).length > 0) return;
  const present = await tx.sourceStore.countPresent(administrationId);
  // A record that could not be taken over may be held as it was before.
  const rejected = await openRejections(tx, { ...step, kind: 'accounts' });
  const isMissed = counted < present || counted > present + rejected.size;
  if (isMissed) await tx.cursors.remove(administrationId, 'accounts');
}

/**
 * Their deletions stand in no log: a count is all that tells of them. A full read of them proves which are gone; what it leaves unproven is
 * tried again the next day.
 */
async function checkBankAccounts(
  tx: SanityTx,
  { administrationId }: StoreContext,
  { step, steps, counted }: DailyCount,
): Promise<void> {
  const read = steps.find(({ kind }) => kind === 'bank-accounts');
  if (read && (read.state !== 'done' || read.isFullRead)) return;
  const present = await tx.sourceStore.countPresentParts(administrationId, 'bank-account');
  const rejected = await openRejections(tx, { ...step, kind: 'bank-accounts' });
  // A run that reads none of them leaves new ones to the one that does.
  const isMissed = counted < present || (read !== undefined && counted > present + rejected.size);
  if (isMissed) await readWholeAgain(tx, administrationId, 'bank-accounts');
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
