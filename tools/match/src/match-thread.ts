import { parentPort, workerData } from 'node:worker_threads';
import { PairComparer, type PairPart, type ReadPart } from '@koppel/domain/matching';
import { InputError } from './input-error.js';
import { PieceReader, type PieceToRead } from './piece-reader.js';
import type { FromThread, ThreadData, ToThread } from './thread-messages.js';

const { place, ...source } = workerData as ThreadData; // given by match-threads.ts
let reader: PieceReader | undefined = new PieceReader(source, place);

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'piece') send(answer(message));
  else compare(message);
});

/** Takes portion after portion until none is left. */
function compare({ work, next }: Extract<ToThread, { kind: 'compare' }>): void {
  reader = undefined; // what it remembers of the file is not needed any more
  const comparer = new PairComparer(work);
  const portions = work.portions.length - 1;
  for (let portion = take(next); portion < portions; portion = take(next))
    send({ kind: 'pairs', part: comparer.compare(portion) });
  send({ kind: 'compared' });
}

function take(next: Int32Array): number {
  return Atomics.add(next, 0, 1);
}

function send(message: FromThread): void {
  parentPort?.postMessage(message, arraysOf(message));
}

// They are moved, not copied.
function arraysOf(message: FromThread): ArrayBuffer[] {
  if (message.kind === 'part') return [...arraysOfRead(message.part), message.lines.buffer];
  return message.kind === 'pairs' ? arraysOfPairs(message.part) : [];
}

function arraysOfRead({ records: { rows, names, texts }, keys }: ReadPart): ArrayBuffer[] {
  const { bytes, lengths, hashes } = texts;
  return [rows, names, bytes, lengths, hashes, keys.counts, keys.hashes].map(({ buffer }) => buffer);
}

function arraysOfPairs({ pairs, scores, flags, left }: PairPart): ArrayBuffer[] {
  return [pairs, scores, flags, left].map(({ buffer }) => buffer);
}

function answer(piece: PieceToRead): FromThread {
  try {
    reader ??= new PieceReader(source, place);
    return { kind: 'part', ...reader.read(piece) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { kind: 'refused', cause: error.kind, message: error.message };
  }
}
