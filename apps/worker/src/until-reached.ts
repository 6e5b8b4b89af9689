import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './log.js';

const firstPauseMs = 250;
const longestPauseMs = 5_000;
/** Some ten minutes. */
const triesMax = 125;

/** What the operating system and Postgres say where nobody listens, or not yet or no longer. */
const unreachable = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['ENOTFOUND', 'EAI_AGAIN', '57P01', '57P02', '57P03', '53300'],
]);
/** The driver's own words, which have no code. */
const lost = /^(Connection terminated|timeout expired)/;

interface Patience {
  readonly log: Log;
  readonly wait?: (ms: number) => Promise<unknown>;
}

/**
 * Does something that needs the database, again while that cannot be reached: where everything starts at once, or Postgres is restarted, a worker
 * may be there first (F20). Any other error is thrown at once, and this one after ten minutes.
 */
export async function untilReached<T>(work: () => Promise<T>, { log, wait = sleep }: Patience): Promise<T> {
  for (let tries = 1; ; tries += 1)
    try {
      return await work();
    } catch (error) {
      if (!isUnreachable(error) || tries === triesMax) throw error;
      if (tries === 1) log.warn({ err: error }, 'database cannot be reached: waits');
      await wait(Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(tries - 1, 10)));
    }
}

/** Where a name has several addresses there is an error of each. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(isUnreachable);
  if (!(error instanceof Error)) return false;
  return unreachable.has((error as { code?: string }).code ?? '') || lost.test(error.message);
}
