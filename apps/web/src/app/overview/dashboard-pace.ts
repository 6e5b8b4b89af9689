import type { Dashboard } from '@koppel/contracts';

const busyPollMs = 5_000;
const quietPollMs = 60_000;

/** Writes that take longer go at a pace at which nobody watches them. */
const watchedS = 3_600;

/** How soon the overview is worth reading again: what waits for tomorrow's calls does not move today. */
export function pollMsOf({ openRunId, writes }: Pick<Dashboard, 'openRunId' | 'writes'>): number {
  const isWriting = writes.waiting > 0 && writes.secondsLeft !== null && writes.secondsLeft <= watchedS;
  return openRunId !== null || isWriting ? busyPollMs : quietPollMs;
}

/** What is new since the read before: that writing began or ended. Nothing on the first read, nor while it goes on. */
export function writingNews(
  was: boolean | undefined,
  isWriting: boolean | undefined,
): 'began' | 'ended' | undefined {
  if (was === undefined || isWriting === undefined || was === isWriting) return undefined;
  return isWriting ? 'began' : 'ended';
}
