import net from 'node:net';
import type { WatchedSocket } from './watched-socket.js';

/** Looks from the moment that work takes long to the one at which Postgres must have answered; the first four ask nothing. */
const looksPerBound = 10;
const looksBeforeAsking = 4;

/** What any Postgres answers with one letter, before it knows who asks: whether it speaks TLS. */
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

interface Question {
  readonly socket: net.Socket;
  /** What each connection had heard when it was asked. */
  readonly heard: ReadonlyMap<WatchedSocket, number>;
  looks: number;
}

/**
 * Tells a long statement from a network that swallows everything. While work takes long, Postgres is asked on a connection of its own
 * whether it is there; without an answer the connections on which nothing was heard meanwhile are cut, `withinMs` after it fell silent at
 * the latest (F22). Counts looks rather than time: a process that stood still itself has not waited.
 */
export class Pulse {
  private readonly running = new Set<{ looks: number }>();
  private looksSinceAnswer = 0;
  private question: Question | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly sockets: ReadonlySet<WatchedSocket>,
    private readonly withinMs: number,
  ) {}

  /** Watches over the connections for as long as `work` takes. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const mine = { looks: 0 };
    this.running.add(mine);
    this.timer ??= setInterval(() => this.look(), this.withinMs / looksPerBound).unref();
    try {
      return await work();
    } finally {
      this.running.delete(mine);
    }
  }

  private look(): void {
    if (this.running.size === 0) return this.rest();
    for (const work of this.running) work.looks += 1;
    if (this.question) return this.waitFor(this.question);
    this.looksSinceAnswer += 1;
    const isLong = [...this.running].some(({ looks }) => looks >= looksBeforeAsking);
    if (isLong && this.looksSinceAnswer >= looksBeforeAsking) this.ask();
  }

  private rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.end();
  }

  private ask(): void {
    const open = [...this.sockets].filter((each) => !each.socket.destroyed);
    const [first] = open;
    if (!first) return;
    const socket = net.connect(first.door).on('error', () => undefined);
    socket.unref();
    socket.write(sslRequest);
    socket.once('data', () => this.end());
    const ofDoor = open.filter(({ door }) => door === first.door);
    const heard = new Map(ofDoor.map((each) => [each, each.socket.bytesRead]));
    this.question = { socket, heard, looks: 0 };
  }

  private waitFor(question: Question): void {
    question.looks += 1;
    if (question.looks < looksPerBound - looksBeforeAsking) return;
    for (const [each, bytes] of question.heard) if (each.socket.bytesRead === bytes) each.cut(this.withinMs);
    this.end();
  }

  private end(): void {
    this.question?.socket.destroy();
    this.question = undefined;
    this.looksSinceAnswer = 0;
  }
}
