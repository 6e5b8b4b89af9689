import net from 'node:net';
import { looksPerBound, type Door, type WatchedSocket } from './watched-socket.js';

/** Of the looks from the moment that work takes long to the one at which Postgres must have answered, those that ask nothing. */
const looksBeforeAsking = 4;

/** What any Postgres answers with one letter, before it knows who asks: whether it speaks TLS. */
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** Asked of one server. */
interface Question {
  readonly socket: net.Socket;
  /** What each connection with it had heard when it was asked. */
  readonly heard: ReadonlyMap<WatchedSocket, number>;
}

/**
 * Tells a long statement from a network that swallows everything. While work takes long, Postgres is asked on a connection of its own
 * whether it is there; without an answer the connections on which nothing was heard meanwhile are cut, `withinMs` after it fell silent at
 * the latest (F22). Counts looks rather than time: a process that stood still itself has not waited.
 */
export class Pulse {
  private readonly running = new Set<{ looks: number }>();
  private looksSinceAnswer = 0;
  /** Those that are not answered yet. */
  private readonly questions = new Set<Question>();
  private looksSinceAsking = 0;
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
    if (this.questions.size > 0) return this.waitForAnswers();
    this.looksSinceAnswer += 1;
    const isLong = [...this.running].some(({ looks }) => looks >= looksBeforeAsking);
    if (isLong && this.looksSinceAnswer >= looksBeforeAsking) this.ask();
  }

  private rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    for (const question of this.questions) this.end(question);
    this.looksSinceAnswer = 0;
  }

  /** Every server that a connection is with: a name may mean another one by now. */
  private ask(): void {
    const open = [...this.sockets].filter(({ socket }) => !socket.destroyed);
    this.looksSinceAsking = 0;
    for (const [server, those] of Map.groupBy(open, serverOf))
      this.askServer(JSON.parse(server) as Door, those); // serverOf wrote it
  }

  private askServer(door: Door, connections: readonly WatchedSocket[]): void {
    const socket = net.connect(door).on('error', () => undefined);
    socket.unref();
    socket.write(sslRequest);
    const heard = new Map(connections.map((each) => [each, each.socket.bytesRead]));
    const question = { socket, heard };
    this.questions.add(question);
    socket.once('data', () => this.end(question));
  }

  private waitForAnswers(): void {
    this.looksSinceAsking += 1;
    if (this.looksSinceAsking < looksPerBound - looksBeforeAsking) return;
    for (const question of this.questions) {
      for (const [each, bytes] of question.heard)
        if (each.socket.bytesRead === bytes) each.cut(this.withinMs);
      this.end(question);
    }
  }

  private end(question: Question): void {
    question.socket.destroy();
    this.questions.delete(question);
    if (this.questions.size === 0) this.looksSinceAnswer = 0;
  }
}

function serverOf({ socket, door }: WatchedSocket): string {
  const { remoteAddress: host, remotePort: port } = socket;
  return JSON.stringify(host === undefined ? door : { host, port });
}
