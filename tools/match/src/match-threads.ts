import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { InputError } from './input-error.js';
import type { RelationFile } from './piece-reader.js';
import type { FromThread, ThreadData, ToThread } from './thread-messages.js';

const module = path.join(import.meta.dirname, 'match-thread.js');
const threadsMax = 4;
/** Not what the process was started with: that is about the process. */
const execArgv = ['--enable-source-maps'];
/** What is read becomes numbers or garbage at once; more room for garbage is only more memory, which is slow while it is new. */
const resourceLimits = { maxYoungGenerationSizeMb: 12 };

/** How many threads this machine has a processor for, 4 at most. */
export function usefulThreads(): number {
  return Math.min(threadsMax, Math.max(1, availableParallelism()));
}

/** Starts threads, for one file of relations, that make so many together with this one. Whoever starts them ends them. */
export function startThreads(count: number, source: RelationFile): MatchThread[] {
  return Array.from(
    { length: count - 1 },
    (_, at) => new MatchThread({ ...source, place: { number: at + 1, readers: count } }),
  );
}

/** A thread that answers what it is sent in that order. */
export class MatchThread {
  readonly #worker: Worker;
  readonly #inbox: FromThread[] = [];
  readonly #failed: Promise<never>;
  #onMessage: () => void = () => undefined;
  #unanswered = 0;

  constructor(workerData: ThreadData) {
    this.#worker = new Worker(module, { workerData, execArgv, resourceLimits });
    this.#failed = new Promise<never>((_, reject) => {
      this.#worker.once('error', reject);
      this.#worker.once('exit', (code) => reject(new Error(`a matching thread ended (${code})`)));
    });
    this.#failed.catch(() => undefined); // whoever waits is told; nobody may be waiting when it is ended
    this.#worker.on('message', (message: FromThread) => {
      if (message.kind === 'part' || message.kind === 'refused') this.#unanswered--;
      this.#inbox.push(message);
      this.#onMessage();
    });
  }

  /** How many pieces it was sent that it has not answered. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /** A message is there to be received. */
  get hasAnswered(): boolean {
    return this.#inbox.length > 0;
  }

  send(message: ToThread): void {
    if (message.kind === 'piece') this.#unanswered++;
    this.#worker.postMessage(message, message.kind === 'piece' ? [message.bytes.buffer] : []);
  }

  /** The oldest message that was not received yet; a refused piece is an InputError. */
  async receive(): Promise<Exclude<FromThread, { kind: 'refused' }>> {
    while (this.#inbox.length === 0)
      await Promise.race([this.#failed, new Promise<void>((resolve) => (this.#onMessage = resolve))]);
    const message = this.#inbox.shift()!;
    if (message.kind === 'refused') throw new InputError(message.cause, message.message);
    return message;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
