/** Exact counts 400, 401, 403 and 404 per key, user, company, endpoint and hour, and blocks the key beyond ten. */
export const ERROR_WINDOW_MS = 3_600_000;
/** Asking a third time has never made an answer of these kinds better (E05). */
export const IDENTICAL_ERRORS_MAX = 3;
export const ERRORS_PER_HOUR_MAX = 8;
/** A call under way that nobody told the end of is taken for lost: longer than any exchange takes. */
const IN_FLIGHT_MS = 130_000;
/** While as many calls are under way as may fail, others look this often whether one of them was answered. */
export const CROWDED_LOOK_MS = 5_000;
/** 429s in a row without any limit header are how a blocked key looks. */
export const SILENT_429_MAX = 3;

const COUNTED: ReadonlySet<number> = new Set([400, 401, 403, 404]);

/** `isWrite` is left out of a read. */
export interface CountedError {
  readonly at: number;
  readonly status: number;
  readonly isWrite?: true;
}

/** What one endpoint of one division answered lately; plain data, so that any store can hold it. */
export interface ErrorHistory {
  /** Epoch milliseconds and status of counted errors of the last hour, oldest first; at most ERRORS_PER_HOUR_MAX + 1. */
  readonly errors: readonly CountedError[];
  /** How many at the end of `errors` had one status, with no success between of what they were: reads or writes. */
  readonly identical: number;
  readonly silent429s: number;
  /** Epoch milliseconds; 0 when not suspended. */
  readonly suspendedUntil: number;
  /** When calls left that have no answer yet, each of which may be one more error. Kept only beside errors. */
  readonly inFlight?: readonly number[];
}

/** The history of an endpoint that was never called. */
export const NO_ERRORS: ErrorHistory = { errors: [], identical: 0, silent429s: 0, suspendedUntil: 0 };

/** Whether there is nothing in it that a later answer would change or be held against. */
export function saysNothing(history: ErrorHistory, now: number): boolean {
  const { errors, identical, silent429s, suspendedUntil } = history;
  return errors.length === 0 && identical === 0 && silent429s === 0 && suspendedUntil <= now;
}

/**
 * The history when one more call is to leave; undefined when it is not to: the endpoint was closed meanwhile, or those under way may bring as
 * many errors as there may be. Where nothing went wrong lately nothing is kept of it.
 */
export function afterLeaving(history: ErrorHistory, now: number): ErrorHistory | undefined {
  if (history.suspendedUntil > now) return undefined;
  if (lately(history, now).length === 0) return history;
  if (isCrowded(history, now)) return undefined;
  return { ...history, inFlight: [...underWay(history, now), now] };
}

/** The history when a call that left at `leftAt` has come back, or was not sent after all. */
export function afterReturning(history: ErrorHistory, leftAt: number): ErrorHistory {
  const inFlight = [...(history.inFlight ?? [])];
  const index = inFlight.indexOf(leftAt);
  if (index < 0) return history;
  inFlight.splice(index, 1);
  return { ...history, inFlight };
}

/** Whether all calls under way and the errors of the last hour together are as many as there may be errors. */
export function isCrowded(history: ErrorHistory, now: number): boolean {
  const errors = lately(history, now).length;
  return errors > 0 && errors + underWay(history, now).length >= ERRORS_PER_HOUR_MAX;
}

function lately({ errors }: ErrorHistory, now: number): CountedError[] {
  return errors.filter((error) => error.at > now - ERROR_WINDOW_MS);
}

function underWay({ inFlight = [] }: ErrorHistory, now: number): number[] {
  return inFlight.filter((at) => at > now - IN_FLIGHT_MS);
}

/** The history after one more answer. `isSilent` marks a 429 that did not say until when. */
export function afterAnswer(
  history: ErrorHistory,
  answer: { readonly status: number; readonly isSilent: boolean; readonly isWrite?: boolean },
  now: number,
): ErrorHistory {
  const errors = lately(history, now);
  const last = errors.at(-1);
  const isWrite = answer.isWrite === true;
  const isOther = last !== undefined && (last.isWrite === true) !== isWrite;
  if (answer.status === 429) return after429({ ...history, errors }, answer.isSilent, now);
  if (!COUNTED.has(answer.status)) {
    const isSuccess = answer.status >= 200 && answer.status < 300;
    if (!isSuccess) return { ...history, errors };
    return { ...history, errors, identical: isOther ? history.identical : 0, silent429s: 0 };
  }
  const isSame = history.identical > 0 && last?.status === answer.status && !isOther;
  const error: CountedError = { at: now, status: answer.status, ...(isWrite && { isWrite }) };
  const next = {
    ...history,
    errors: [...errors, error].slice(-(ERRORS_PER_HOUR_MAX + 1)),
    identical: isSame ? history.identical + 1 : 1,
    silent429s: 0,
  };
  return { ...next, suspendedUntil: Math.max(history.suspendedUntil, suspension(next, now)) };
}

function after429(history: ErrorHistory, isSilent: boolean, now: number): ErrorHistory {
  if (!isSilent) return { ...history, silent429s: 0 };
  const silent429s = history.silent429s + 1;
  if (silent429s < SILENT_429_MAX) return { ...history, silent429s };
  return { ...history, silent429s: 0, suspendedUntil: now + ERROR_WINDOW_MS };
}

function suspension(history: Pick<ErrorHistory, 'errors' | 'identical'>, now: number): number {
  if (history.identical >= IDENTICAL_ERRORS_MAX) return now + ERROR_WINDOW_MS;
  if (history.errors.length < ERRORS_PER_HOUR_MAX) return 0;
  // Until the oldest of the last eight has left the hour.
  return (history.errors.at(-ERRORS_PER_HOUR_MAX)?.at ?? now) + ERROR_WINDOW_MS;
}
