import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ReadPart } from '@koppel/domain/matching';
import { InputError } from './input-error.js';
import type { FromReader, ReaderData, ToReader } from './reader-messages.js';
import { rowPieces } from './row-pieces.js';
import type { IdCheck } from './unique-ids.js';

const module = path.join(import.meta.dirname, 'reader-thread.js');
const threadsMax = 4;
const aheadPerThread = 2;
/** Not what the process was started with: that is about the process. */
const execArgv = ['--enable-source-maps'];
/** What is read becomes numbers or garbage at once. */
const resourceLimits = { maxYoungGenerationSizeMb: 12 };

/** Where what was read goes; `reader` says whose texts a part builds upon. */
export interface ReadTarget {
  readonly ids: IdCheck;
  readonly onPart: (part: ReadPart, reader: number) => void;
  readonly onRows: (rows: number) => void;
}

/** Reads and normalises the relations of a CSV file in threads, and hands them over in the order of the file. */
export async function readInThreads(
  file: string,
  header: readonly string[],
  { ids, onPart, onRows }: ReadTarget,
): Promise<void> {
  const count = Math.min(threadsMax, Math.max(1, availableParallelism()));
  const threads = Array.from(
    { length: count },
    (_, at) => new ReaderThread({ file, header, thread: at, threads: count }),
  );
  try {
    const collect = async (at: number): Promise<void> => {
      const { part, reader, lines } = await threads[at % count]!.receive();
      lines.forEach((line, r) => ids.add(part.records.ids[r] ?? '', line));
      onPart(part, reader);
      onRows(ids.size);
    };
    let sent = 0;
    let collected = 0;
    for await (const piece of rowPieces(file)) {
      threads[sent % count]!.send({ ...piece, hasHeader: sent === 0 });
      sent++;
      if (sent - collected >= count * aheadPerThread) await collect(collected++);
    }
    while (collected < sent) await collect(collected++);
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

type Part = Extract<FromReader, { kind: 'part' }>;

/** A thread that answers pieces of the file in their order. */
class ReaderThread {
  readonly #worker: Worker;
  readonly #inbox: FromReader[] = [];
  readonly #failed: Promise<never>;
  #onMessage: () => void = () => undefined;

  constructor(workerData: ReaderData) {
    this.#worker = new Worker(module, { workerData, execArgv, resourceLimits });
    this.#failed = new Promise<never>((_, reject) => {
      this.#worker.once('error', reject);
      this.#worker.once('exit', (code) => reject(new Error(`a reading thread ended (${code})`)));
    });
    this.#failed.catch(() => undefined); // whoever waits is told; nobody may be waiting when it is ended
    this.#worker.on('message', (message: FromReader) => {
      this.#inbox.push(message);
      this.#onMessage();
    });
  }

  send(piece: ToReader): void {
    this.#worker.postMessage(piece, [piece.bytes.buffer]);
  }

  /** The answer to the oldest piece that has none yet; a refused piece is an InputError. */
  async receive(): Promise<Part> {
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
