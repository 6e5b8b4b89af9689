import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { processState } from './process-state.js';

export interface Breed {
  readonly name: string;
  /** The compiled module. */
  readonly module: string;
  readonly env: NodeJS.ProcessEnv;
  /** Receives every line that one of them prints. */
  readonly onLine: (line: string) => void;
  /** How long one may take to end when it is told to, in milliseconds; 12 s when absent, which is a little more than F03 gives. */
  readonly graceMs?: number;
}

type Signal = 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT';

const rebirthMs = 200;
const defaultGraceMs = 12_000;
/** An error of the engine is some ten lines. */
const linesKept = 16;

/** A process that is started again whenever it ends, until it is stopped. */
export class HerdMember {
  /** Ends that were nobody's doing: how, and the last things it said. */
  readonly deaths: string[] = [];
  /** Where it listens; 0 while it does not. */
  port = 0;
  /** Whether it lives and has said so. */
  isReady = false;
  private child: ChildProcess | undefined;
  /** What the living one was sent. */
  private sent = new Set<Signal>();
  private isStopping = false;
  /** What it said last. */
  private lines: string[] = [];

  /** Its instance is called after its breed and number. */
  constructor(
    private readonly breed: Breed,
    private readonly number: number,
  ) {}

  get name(): string {
    return `${this.breed.name}-${this.number}`;
  }

  /** Resolves when it says that it is ready. */
  async start(): Promise<void> {
    const child = this.bear();
    const ended = once(child, 'exit').then(() => Promise.reject(new Error(this.deaths.join('\n'))));
    ended.catch(() => undefined); // it ends some day; only an end before it is ready is a failure
    await Promise.race([once(child, 'message'), ended]);
  }

  /** As an operator, a scheduler or the kernel would. */
  signal(signal: Signal): void {
    if (signal === 'SIGKILL' || signal === 'SIGTERM') this.isReady = false;
    this.sent.add(signal);
    this.child?.kill(signal);
  }

  /** Resolves when the one that lives now has ended. */
  async ended(): Promise<void> {
    if (!this.child) throw new Error(`${this.name} was never started`);
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
  }

  /** One that does not end in time is killed, and counts as a death. */
  async stop(): Promise<void> {
    this.isStopping = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const { graceMs = defaultGraceMs } = this.breed;
    const ended = once(child, 'exit');
    this.signal('SIGCONT');
    this.signal('SIGTERM');
    const impatience = setTimeout(() => {
      void this.giveUp(`did not end within ${graceMs} ms and was killed`);
    }, graceMs);
    await ended;
    clearTimeout(impatience);
  }

  private async giveUp(why: string): Promise<void> {
    const state = await processState(this.child?.pid ?? 0);
    this.deaths.push(`${this.name} ${why}: ${[state, ...this.lines].filter(Boolean).join('; ')}`);
    this.signal('SIGKILL');
  }

  private bear(): ChildProcess {
    const { module, onLine } = this.breed;
    const env = { ...this.breed.env, INSTANCE_ID: this.name };
    const child = spawn(process.execPath, ['--enable-source-maps', module], {
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const sent = new Set<Signal>();
    this.lines = [];
    for (const stream of [child.stdout, child.stderr])
      if (stream)
        createInterface({ input: stream }).on('line', (line) => {
          this.lines = [...this.lines, line].slice(-linesKept);
          onLine(line);
        });
    child.on('message', (message) => {
      // Said just before it was told to end: nobody should count on it any more.
      if (sent.has('SIGKILL') || sent.has('SIGTERM')) return;
      this.isReady = true;
      this.port = portIn(message);
    });
    child.once('exit', (code, signal) => {
      this.port = 0;
      this.isReady = false;
      if (!isAskedFor({ code, signal }, sent))
        this.deaths.push(`${this.name} ended with ${signal ?? code}: ${this.lines.join('; ')}`);
      void this.bearAgain();
    });
    this.child = child;
    this.sent = sent;
    return child;
  }

  private async bearAgain(): Promise<void> {
    if (this.isStopping) return;
    await delay(rebirthMs);
    if (!this.isStopping) this.bear();
  }
}

interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process that is told to end does so well (F03), or by the signal itself when that came before it could listen. */
function isAskedFor({ code, signal }: End, sent: ReadonlySet<Signal>): boolean {
  if (signal === 'SIGKILL' || signal === 'SIGTERM') return sent.has(signal);
  return code === 0 && sent.has('SIGTERM');
}

function portIn(message: unknown): number {
  const url = typeof message === 'object' && message !== null && 'url' in message ? message.url : undefined;
  return typeof url === 'string' ? Number(new URL(url).port) : 0;
}
