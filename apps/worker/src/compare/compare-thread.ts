import os from 'node:os';
import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { compareInPortions, type LearntModel, type MatchRecord } from '@koppel/domain/matching';
import { giveBackMemory } from './memory.js';
import type { FindingKind, FindingOf, FromThread, ThreadData, ToThread } from './thread-messages.js';

/** Findings per message. */
const findingsPerPortion = 500;

const data = workerData as ThreadData; // made by compareInThread
if (!parentPort) throw new Error('compare-thread runs as a thread');
const port = parentPort;
// Comparing takes minutes of a processor, and all else in the product seconds: it takes what others leave. Linux gives each thread a
// priority of its own, and takes 0 for the calling one; elsewhere it would be the whole process.
if (process.platform === 'linux') os.setPriority(0, os.constants.priority.PRIORITY_BELOW_NORMAL);
const findings = compare();
port.on('message', (message: ToThread) => {
  if (message.kind === 'give') give(message.what);
});
giveBackMemory(); // this thread's: what was read and indexed serves no more, and findings are made while they are placed
send({ kind: 'compared', learnt: findings.learnt });

function compare(): { readonly [K in FindingKind]: Iterator<FindingOf[K]> } & {
  readonly learnt: LearntModel;
} {
  const read = { ids: [] as string[], ends: [] as number[], hashes: [] as number[] };
  const records = pages(port, () => {
    send({ kind: 'keys', keys: { ids: read.ids, ends: read.ends, hashes: Float64Array.from(read.hashes) } });
    read.ids = [];
    read.ends = [];
    read.hashes = [];
  });
  const { clusters, doubles, questions, setAside, learnt } = compareInPortions(records, {
    judgements: data.judgements,
    expected: data.expected,
    onKeys: (id, keys) => {
      read.ids.push(id);
      read.hashes.push(...keys);
      read.ends.push(read.hashes.length);
    },
  });
  return {
    clusters: clusters[Symbol.iterator](),
    doubles: doubles[Symbol.iterator](),
    proposals: oneAfterTheOther(questions, setAside),
    learnt,
  };
}

function* oneAfterTheOther<T>(...lists: readonly Iterable<T>[]): Generator<T> {
  for (const list of lists) yield* list;
}

/** The matching engine takes its records one by one without waiting, so the thread sleeps until the next page is there. */
function* pages(from: MessagePort, onRead: () => void): Generator<MatchRecord> {
  for (;;) {
    const text = nextPage(from);
    if (text === null) return;
    yield* JSON.parse(text) as MatchRecord[]; // stringified by compareInThread
    onRead();
  }
}

function nextPage(from: MessagePort): string | null {
  for (;;) {
    const seen = Atomics.load(data.bell, 0);
    const received = receiveMessageOnPort(from) as { message: ToThread } | undefined;
    if (received?.message.kind === 'page') return received.message.records;
    if (!received) Atomics.wait(data.bell, 0, seen);
  }
}

function give(what: FindingKind): void {
  const items: FindingOf[FindingKind][] = [];
  while (items.length < findingsPerPortion) {
    const next = findings[what].next();
    if (next.done) break;
    items.push(next.value);
  }
  send({ kind: 'given', items });
}

function send(message: FromThread): void {
  port.postMessage(message);
}
