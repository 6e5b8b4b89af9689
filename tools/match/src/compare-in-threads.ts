import { setImmediate } from 'node:timers/promises';
import type { ClusteringInParts } from '@koppel/domain/matching';
import type { MatchThread } from './match-threads.js';

type ComparingThread = Pick<MatchThread, 'send' | 'receive'>;

/**
 * Compares all pairs of a clustering in these threads and in this one, each taking the next portion when it is ready. A thread
 * that fails fails the call as soon as this one has done its portion.
 */
export async function compareInThreads(
  threads: readonly ComparingThread[],
  clustering: ClusteringInParts,
): Promise<void> {
  const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  for (const thread of threads) thread.send({ kind: 'compare', work: clustering.work, next });
  const added = Promise.all(threads.map((thread) => addAll(thread, clustering)));
  const failed = new AbortController();
  added.catch((reason: unknown) => failed.abort(reason));
  const take = (): number => Atomics.add(next, 0, 1);
  for (let portion = take(); portion < clustering.portions; portion = take()) {
    clustering.compare(portion);
    await setImmediate(); // for what the others have sent
    failed.signal.throwIfAborted();
  }
  await added;
}

async function addAll(thread: ComparingThread, clustering: ClusteringInParts): Promise<void> {
  for (;;) {
    const message = await thread.receive();
    if (message.kind === 'compared') return;
    if (message.kind !== 'pairs') throw new Error(`a comparing thread sent ${message.kind}`);
    clustering.add(message.part);
  }
}
