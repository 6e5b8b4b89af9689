import type { Administration } from '../administrations/index.js';

/** What was read of Exact longer ago than this is read again before anything of a plan is written. */
export const readLatelyMs = 3_600_000;

/**
 * When the one of these administrations that was read longest ago was last read to its end. One that never was does not count: a blocking issue
 * tells why, and of an administration without accounts nothing is planned.
 */
export function readSince(administrations: readonly Pick<Administration, 'lastSyncedAt'>[]): Date | null {
  const moments = administrations.flatMap(({ lastSyncedAt }) => lastSyncedAt?.getTime() ?? []);
  return moments.length > 0 ? new Date(Math.min(...moments)) : null;
}

/** Whether a plan that rests on what was read then may be written now. */
export function isReadLately(readAt: Date | null, now: Date): boolean {
  return readAt === null || now.getTime() - readAt.getTime() <= readLatelyMs;
}
