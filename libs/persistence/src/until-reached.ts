import { setTimeout as sleep } from 'node:timers/promises';
import { isUnreachable } from './readiness.js';

const firstPauseMs = 250;
const longestPauseMs = 5_000;
/** Some ten minutes. */
const triesMax = 125;

interface Patience {
  readonly log: { warn(fields: object, message: string): void };
  readonly wait?: (ms: number) => Promise<unknown>;
}

/**
 * Does something that needs the database, again while that cannot be reached: where everything starts at once, or Postgres is restarted, a
 * process may be there first (F20). Any other error is thrown at once, and this one after ten minutes.
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
