import { setTimeout as pause } from 'node:timers/promises';
import type { MessageEvent } from '@nestjs/common';
import type { SyncRun } from '@koppel/contracts';

export interface RunWatch {
  /** The run as it is now; undefined when it cannot be seen any more. */
  readonly read: () => Promise<SyncRun | undefined>;
  /** Whether who asked may still see it. */
  readonly isAllowed: () => Promise<boolean>;
  readonly signal: AbortSignal;
  readonly everyMs?: number;
}

const everyMsDefault = 1_000;
/** A lost right closes the stream within five seconds. */
const readsPerAccessCheck = 4;
/** Proxies close what is silent for a minute. */
const readsPerHeartbeat = 15;
/** An hour; the browser's EventSource connects again by itself. */
const readsMax = 3_600;

/** A `run` event whenever the run has changed, until it ends, the listener leaves or may no longer listen. */
export async function* watchRun(watch: RunWatch): AsyncGenerator<MessageEvent> {
  let last = '';
  let silentFor = 0;
  for (let count = 1; count <= readsMax && !watch.signal.aborted; count += 1) {
    if (count % readsPerAccessCheck === 0 && !(await watch.isAllowed())) return;
    const run = await watch.read();
    if (!run) return;
    const data = JSON.stringify(run);
    silentFor = data === last ? silentFor + 1 : 0;
    if (data !== last) yield { type: 'run', data };
    else if (silentFor % readsPerHeartbeat === 0) yield { type: 'heartbeat', data: '' };
    if (run.endedAt !== null) return;
    last = data;
    await wait(watch);
  }
}

async function wait({ everyMs, signal }: RunWatch): Promise<void> {
  try {
    await pause(everyMs ?? everyMsDefault, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
