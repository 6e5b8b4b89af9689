import type { DataKind } from '@koppel/domain/sync';
import type { BudgetUse } from './budgets.js';
import type { SyncAdministrationView, SyncPartView, SyncRunView } from './sync-run.js';

/** Rows per page of each kind that grows with the administration (exact-online.md 2.1), and how many there are per account. */
const pages: Partial<Record<DataKind, { readonly rows: number; readonly perAccount: number }>> = {
  accounts: { rows: 1_000, perAccount: 1 },
  contacts: { rows: 1_000, perAccount: 0.8 },
  addresses: { rows: 1_000, perAccount: 1.2 },
  'bank-accounts': { rows: 60, perAccount: 0.5 },
};
/** A call and the storing of its page. */
const secondsPerCall = 0.5;
/** Accounts compared and merged per second. */
const comparedPerSecond = 15_000;

/**
 * Seconds until the run has ended, from the calls that are left and Exact's limit per minute; administrations are fetched side by side.
 * Null while nothing tells how much there is.
 */
export function estimateSecondsLeft(
  run: Pick<SyncRunView, 'state' | 'isPaused' | 'administrations' | 'comparing'>,
  now: Date,
): number | null {
  if (run.isPaused || (run.state !== 'fetching' && run.state !== 'comparing')) return null;
  const accounts = run.administrations.flatMap((each) =>
    each.parts.filter((part) => part.kind === 'accounts'),
  );
  const total = accounts.reduce((sum, part) => sum + Math.max(part.expected ?? 0, part.records), 0);
  if (run.state === 'comparing') {
    const { done, total: all } = run.comparing;
    return Math.ceil((all === 0 ? total : all - done) / comparedPerSecond) + 1;
  }
  const isUnknown = accounts.some(
    (part) => part.expected === null && part.state !== 'done' && part.state !== 'failed',
  );
  if (isUnknown && total === 0) return null;
  const slowest = Math.max(0, ...run.administrations.map((each) => secondsOf(each, now)));
  return Math.ceil(slowest + total / comparedPerSecond) + 1;
}

/** A write looks at what stands there, says what it is to be, and reads it back. */
const callsPerWrite = 3;

/** Writes into an administration that have not ended. */
export interface OpenWrites {
  readonly writes: number;
  /** Until the last of those that wait for their turn; 0 when none does. */
  readonly secondsToLast: number;
}

export const noWrites: OpenWrites = { writes: 0, secondsToLast: 0 };

const secondsPerDay = 86_400;

/**
 * Seconds until the writes of every administration are done, from Exact's limits and the pace of a plan; administrations go side by side. Null
 * where that takes more than a day or its calls: then nobody knows what else tomorrow asks for.
 */
export function estimateWriteSeconds(
  waiting: readonly (OpenWrites & { readonly budget: BudgetUse })[],
): number | null {
  const busy = waiting.filter(({ writes }) => writes > 0);
  const seconds = busy.map(({ writes, secondsToLast, budget }) => {
    const calls = writes * callsPerWrite;
    if (calls > budget.dayAllowed - budget.dayUsed || secondsToLast > secondsPerDay) return null;
    const byCalls =
      minutesBeyond(calls, budget) * 60 + Math.min(calls, budget.minuteAllowed) * secondsPerCall;
    return Math.max(byCalls, secondsToLast);
  });
  const known = seconds.filter((each) => each !== null);
  return known.length < seconds.length ? null : Math.ceil(Math.max(0, ...known));
}

/** Whole minutes to wait for calls that no longer fit into this one. */
function minutesBeyond(calls: number, { minuteUsed, minuteAllowed }: BudgetUse): number {
  const beyondThisMinute = Math.max(0, calls - Math.max(0, minuteAllowed - minuteUsed));
  return Math.ceil(beyondThisMinute / Math.max(1, minuteAllowed));
}

function secondsOf(administration: SyncAdministrationView, now: Date): number {
  const accounts = administration.parts.find((part) => part.kind === 'accounts');
  const count = Math.max(accounts?.expected ?? 0, accounts?.records ?? 0);
  const calls = administration.parts.reduce((sum, part) => sum + callsLeft(part, count), 0);
  const { minuteAllowed } = administration.budget;
  const minutes = minutesBeyond(calls, administration.budget);
  const waits = administration.parts.map(
    (part) => ((part.resumesAt?.getTime() ?? 0) - now.getTime()) / 1_000,
  );
  return Math.max(0, ...waits, minutes * 60) + Math.min(calls, minuteAllowed) * secondsPerCall;
}

function callsLeft(part: SyncPartView, accounts: number): number {
  if (part.state === 'done' || part.state === 'failed' || part.state === 'skipped') return 0;
  const size = pages[part.kind];
  if (!size) return 1;
  const expected = part.expected ?? accounts * size.perAccount;
  return Math.max(1, Math.ceil((expected - part.records) / size.rows));
}
