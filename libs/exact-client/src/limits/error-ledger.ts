/** Exact counts 400, 401, 403 and 404 per key, user, company, endpoint and hour, and blocks the key beyond ten. */
export const ERROR_WINDOW_MS = 3_600_000;
/** Asking a third time has never made an answer of these kinds better (E05). */
export const IDENTICAL_ERRORS_MAX = 3;
export const ERRORS_PER_HOUR_MAX = 8;
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
}

/** The history of an endpoint that was never called. */
export const NO_ERRORS: ErrorHistory = { errors: [], identical: 0, silent429s: 0, suspendedUntil: 0 };

/** Whether there is nothing in it that a later answer would change or be held against. */
export function saysNothing(history: ErrorHistory, now: number): boolean {
  const { errors, identical, silent429s, suspendedUntil } = history;
  return errors.length === 0 && identical === 0 && silent429s === 0 && suspendedUntil <= now;
}

/** The history after one more answer. `isSilent` marks a 429 that did not say until when. */
export function afterAnswer(
  history: ErrorHistory,
  answer: { readonly status: number; readonly isSilent: boolean; readonly isWrite?: boolean },
  now: number,
): ErrorHistory {
  const errors = history.errors.filter((error) => error.at > now - ERROR_WINDOW_MS);
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
