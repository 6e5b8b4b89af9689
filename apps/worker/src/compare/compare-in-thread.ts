import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { LearntModel } from '@koppel/domain/matching';
import {
  atOnceByDefault,
  type CompareAccounts,
  type CompareInput,
  type Findings,
  type KeysOfSource,
} from '@koppel/domain/relations';
import { giveBackMemory } from './memory.js';
import { Room } from './room.js';
import type {
  FindingKind,
  FindingOf,
  FromThread,
  KeysOfRecords,
  ThreadData,
  ToThread,
} from './thread-messages.js';

const module = path.join(import.meta.dirname, 'compare-thread.js');
/** Not what the process was started with: that is about the process. */
const execArgv = ['--enable-source-maps'];
/**
 * What is read and compared becomes numbers or garbage at once: more room for garbage is only more memory. A thread takes it from V8's flags
 * as they are when it starts, in place of its own resource limits when the process was started with such flags.
 */
const youngSpaceMb = 8;
/** About a hundred kilobytes of JSON: what is larger gets fresh memory from the kernel each time, three times on its way. */
const recordsPerMessage = 150;
/** Messages sent and not yet read. */
const messagesAhead = 16;
/**
 * Of all threads: where another version of the matcher was there before, a resync compares everything too, beside a first coupling of another
 * tenant (issue 4, point 8: a worker of 512 MB).
 */
const room = new Room(atOnceByDefault.allUpTo);

/**
 * Compares in a thread of its own: this one goes on with its leases, locks and database, and what comparing took of memory is
 * given back when the thread has ended. A thread that fails, or ends by itself, fails the call: before the next page, key or
 * finding.
 */
export const compareInThread: CompareAccounts = comparingIn(module);

/** As `compareInThread`, in a thread that runs the module of that path. */
export function comparingIn(threadModule: string): CompareAccounts {
  return (input, use) =>
    room.during(input.expected, async () => {
      giveBackMemory();
      const thread = new CompareThread(input, threadModule);
      try {
        return await use(thread.findings(await thread.read()));
      } finally {
        await thread.end();
        giveBackMemory();
      }
    });
}

class CompareThread {
  private readonly bell = new Int32Array(new SharedArrayBuffer(4));
  private readonly worker: Worker;
  private readonly inbox: FromThread[] = [];
  private failure: Error | undefined;
  private onEvent: () => void = () => undefined;

  constructor(
    private readonly input: CompareInput,
    threadModule: string,
  ) {
    const workerData: ThreadData = {
      judgements: input.judgements,
      expected: input.expected,
      bell: this.bell,
    };
    for (const bound of ['min', 'max']) setFlagsFromString(`--${bound}-semi-space-size=${youngSpaceMb}`);
    this.worker = new Worker(threadModule, { workerData, execArgv });
    this.worker.once('error', (error) =>
      this.fail(error instanceof Error ? error : new Error(String(error))),
    );
    this.worker.once('exit', (code) => this.fail(new Error(`the comparing thread ended (${code})`)));
    this.worker.on('message', (message: FromThread) => {
      this.inbox.push(message);
      this.onEvent();
    });
  }

  /** Hands over all pages, a few ahead, and their keys back; resolves to what was learnt when all are compared. */
  async read(): Promise<LearntModel> {
    let ahead = 0;
    for await (const page of this.input.pages) {
      for (let start = 0; start < page.length; start += recordsPerMessage) {
        this.send({ kind: 'page', records: JSON.stringify(page.slice(start, start + recordsPerMessage)) });
        ahead += 1;
      }
      for (; ahead >= messagesAhead; ahead -= 1) await this.takeKeys();
    }
    this.send({ kind: 'page', records: null });
    for (; ahead > 0; ahead -= 1) await this.takeKeys();
    giveBackMemory(); // here is nothing to do until the thread has compared
    return (await this.receive('compared')).learnt;
  }

  findings(learnt: LearntModel): Findings {
    return {
      learnt,
      clusters: this.portions('clusters'),
      doubles: this.portions('doubles'),
      proposals: this.portions('proposals'),
    };
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private async takeKeys(): Promise<void> {
    const { keys } = await this.receive('keys');
    await this.input.onKeys(keysOfSources(keys));
  }

  private async *portions<K extends FindingKind>(what: K): AsyncGenerator<readonly FindingOf[K][]> {
    this.send({ kind: 'give', what });
    for (;;) {
      const { items } = await this.receive('given');
      if (items.length === 0) return;
      this.send({ kind: 'give', what }); // made while this one is stored
      yield items as readonly FindingOf[K][]; // of the kind that was asked for
    }
  }

  /** The next message, which is of that kind: the thread answers in order. */
  private async receive<K extends FromThread['kind']>(kind: K): Promise<Extract<FromThread, { kind: K }>> {
    while (this.inbox.length === 0 && !this.failure)
      await new Promise<void>((resolve) => (this.onEvent = resolve));
    if (this.failure) throw this.failure;
    const message = this.inbox.shift();
    if (message?.kind !== kind) throw new Error(`the comparing thread sent ${message?.kind}, not ${kind}`);
    return message as Extract<FromThread, { kind: K }>; // checked above
  }

  private send(message: ToThread): void {
    if (this.failure) throw this.failure;
    this.worker.postMessage(message);
    Atomics.add(this.bell, 0, 1);
    Atomics.notify(this.bell, 0);
  }

  private fail(reason: Error): void {
    this.failure ??= reason;
    this.onEvent();
  }
}

function keysOfSources({ ids, ends, hashes }: KeysOfRecords): KeysOfSource[] {
  return ids.map((id, index) => ({
    sourceRelationId: id as KeysOfSource['sourceRelationId'], // a record's id is its account's
    keys: hashes.subarray(ends[index - 1] ?? 0, ends[index]),
  }));
}
