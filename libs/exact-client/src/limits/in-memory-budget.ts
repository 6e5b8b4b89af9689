import { ExactError } from '../errors.js';
import { NO_DIVISION, type Budget, type BudgetedCall, type CallClass, type CallOutcome } from './budget.js';
import { afterAnswer, NO_ERRORS, type ErrorHistory } from './error-ledger.js';
import { InMemoryCircuits } from './in-memory-circuits.js';
import { waitOf429, type WindowLimits } from './rate-limits.js';

/** Limits are calls per division; the defaults are what Exact documents. */
export interface InMemoryBudgetOptions {
  readonly now: () => Date;
  /** From 0 to 1: spreads the tries after an outage. The longest pauses when left out. */
  readonly random?: () => number;
  /** Until a header says otherwise. */
  readonly minuteLimit?: number;
  readonly dayLimit?: number;
  /** Calls of a minute kept for people; small, because a minute is soon over. */
  readonly minuteReserve?: number;
  /** The share of the day kept for people; of what was planned at once as much again is kept back for all others. */
  readonly dayReserveShare?: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
// Exact's window may close a little later than our clock says.
const MARGIN_MS = 1_000;

interface Window {
  readonly name: 'minute' | 'day';
  limit: number;
  used: number;
  /** Epoch milliseconds on our clock; at that moment the count starts again. */
  endsAt: number;
  blockedUntil: number;
}

/** A Budget for one process: the reference that the tests use, and enough for a script. Everything else shares one over a database. */
export function createInMemoryBudget(options: InMemoryBudgetOptions): Budget {
  const windows = new Map<number, readonly [minute: Window, day: Window]>();
  const ledger = new Map<string, ErrorHistory>();
  const circuits = new InMemoryCircuits({ now: options.now, random: options.random ?? (() => 1) });
  const nowMs = () => options.now().getTime();

  const windowsOf = (division: number) => {
    const known = windows.get(division) ?? newWindows(options);
    windows.set(division, known);
    for (const window of known) roll(window, nowMs());
    return known;
  };

  const reserve = (call: BudgetedCall): void => {
    circuits.assertClosed(call);
    if (call.division === NO_DIVISION) return circuits.letGo(call);
    assertNotSuspended(call, ledger.get(keyOf(call)) ?? NO_ERRORS, nowMs());
    const both = windowsOf(call.division);
    for (const window of both) assertRoom(window, call.class, { options, now: nowMs() });
    for (const window of both) window.used += 1;
    circuits.letGo(call);
  };

  const record = (call: BudgetedCall, outcome: CallOutcome): void => {
    const now = nowMs();
    const limits = outcome.limits ?? {};
    circuits.record(call, outcome.status);
    if (call.division === NO_DIVISION) return;
    for (const window of windowsOf(call.division)) correct(window, limits[window.name], now);
    const is429 = outcome.status === 429;
    const wait = waitOf429(limits, options.now());
    if (is429) blockAfter429(windowsOf(call.division), wait);
    const isSilent = is429 && wait.window === 'unknown';
    const history = ledger.get(keyOf(call)) ?? NO_ERRORS;
    const { status } = outcome;
    const answer = { status, isSilent, isWrite: call.isWrite === true };
    ledger.set(keyOf(call), afterAnswer(history, answer, now));
  };

  return {
    check: (call) =>
      settled(() => {
        circuits.assertClosed(call);
        return circuits.isDue(call) ? 'try' : 'go';
      }),
    reserve: (call) => settled(() => reserve(call)),
    record: (call, outcome) => settled(() => record(call, outcome)),
    giveBack: (call) => settled(() => circuits.giveBack(call)),
  };
}

/** The step runs at once, so nothing comes between a check and its count; what it throws becomes the rejection. */
function settled<T>(step: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(step());
  });
}

function keyOf(call: BudgetedCall): string {
  return `${call.division} ${call.endpoint}`;
}

function newWindows(options: InMemoryBudgetOptions): readonly [Window, Window] {
  const blank = { used: 0, endsAt: 0, blockedUntil: 0 };
  return [
    { name: 'minute', limit: options.minuteLimit ?? 60, ...blank },
    { name: 'day', limit: options.dayLimit ?? 5_000, ...blank },
  ];
}

function roll(window: Window, now: number): void {
  if (now < window.endsAt) return;
  const lengthMs = lengthOf(window);
  window.used = 0;
  window.endsAt = Math.floor(now / lengthMs) * lengthMs + lengthMs + MARGIN_MS;
}

function lengthOf({ name }: Window): number {
  return name === 'minute' ? MINUTE_MS : DAY_MS;
}

function assertNotSuspended(call: BudgetedCall, history: ErrorHistory, now: number): void {
  if (now >= history.suspendedUntil) return;
  const { division, endpoint } = call;
  throw new ExactError({
    kind: 'endpoint-suspended',
    division,
    endpoint,
    until: new Date(history.suspendedUntil),
  });
}

function assertRoom(
  window: Window,
  callClass: CallClass,
  { options, now }: { options: InMemoryBudgetOptions; now: number },
): void {
  const limited = (until: number) =>
    new ExactError({ kind: 'rate-limited', resetsAt: new Date(until), window: window.name });
  if (now < window.blockedUntil) throw limited(window.blockedUntil);
  if (window.used >= window.limit - reserveOf(window, callClass, options)) throw limited(window.endsAt);
}

function reserveOf(window: Window, callClass: CallClass, options: InMemoryBudgetOptions): number {
  if (callClass === 'interactive' || callClass === 'upkeep') return 0;
  if (window.name === 'minute') return Math.min(options.minuteReserve ?? 2, Math.floor(window.limit / 10));
  const share = options.dayReserveShare ?? 0.1;
  return Math.ceil(window.limit * (callClass === 'plan' ? 2 * share : share));
}

/** The headers know of other processes' calls, so they may raise our count, never lower it, unless they are of the next window. */
function correct(window: Window, limits: WindowLimits | undefined, now: number): void {
  if (limits === undefined) return;
  const endsAt = limits.resetsAt?.getTime() ?? window.endsAt;
  const half = lengthOf(window) / 2;
  // Of a window that is over; one that is told to be empty is believed (E04 d).
  if (endsAt < window.endsAt - half && limits.remaining !== 0) return;
  if (endsAt > window.endsAt + half) window.used = 0;
  window.endsAt = endsAt;
  if (limits.limit !== undefined && limits.limit > 0) window.limit = limits.limit;
  if (limits.remaining === undefined) return;
  window.used = Math.max(window.used, window.limit - limits.remaining);
  // E04 d: an empty window is waited for, not tried.
  if (limits.remaining === 0)
    window.blockedUntil = Math.max(window.blockedUntil, limits.resetsAt?.getTime() ?? now);
}

function blockAfter429(both: readonly [Window, Window], wait: ReturnType<typeof waitOf429>): void {
  const window = wait.window === 'day' ? both[1] : both[0];
  window.blockedUntil = Math.max(window.blockedUntil, wait.resetsAt.getTime());
}
