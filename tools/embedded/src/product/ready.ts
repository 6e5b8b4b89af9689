import { setTimeout as delay } from 'node:timers/promises';

/** The answer header that tells which start of Koppel an api belongs to. */
export const instanceHeader = 'x-koppel-instance';

const stepMs = 50;

/**
 * Waits until `/health/ready` answers 200 in the name of this instance: an older Koppel on the same port does not count.
 * Throws when that takes longer than `timeoutMs` or when `signal` aborts.
 */
export async function waitUntilReady(
  url: string,
  instanceId: string,
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<void> {
  for (let waitedMs = 0; waitedMs < options.timeoutMs; waitedMs += stepMs) {
    if ((await readyInstance(url)) === instanceId) return;
    await delay(stepMs, undefined, { signal: options.signal }).catch(() => {
      throw options.signal.reason;
    });
  }
  throw new Error(`${url} is not ready after ${options.timeoutMs / 1_000} s`);
}

/** The instance that answers at `url` and is ready; undefined when there is none. */
export async function readyInstance(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(new URL('/health/ready', url), { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.ok ? (answer.headers.get(instanceHeader) ?? undefined) : undefined;
  } catch (error) {
    // Nobody listens (yet), or it is too busy to answer: both mean not ready.
    if (error instanceof TypeError || (error as Error).name === 'TimeoutError') return undefined;
    throw error;
  }
}
