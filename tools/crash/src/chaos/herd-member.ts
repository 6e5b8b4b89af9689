import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

export interface Breed {
  readonly name: string;
  /** The compiled module. */
  readonly module: string;
  readonly env: NodeJS.ProcessEnv;
  /** Receives every line that one of them prints. */
  readonly onLine: (line: string) => void;
}

const rebirthMs = 200;
const graceMs = 12_000;

/** A process that is started again whenever it ends, until it is stopped. */
export class HerdMember {
  /** Ends that were nobody's doing: how, and the last thing it said. */
  readonly deaths: string[] = [];
  /** Where it listens; 0 while it does not. */
  port = 0;
  /** Whether it lives and has said so. */
  isReady = false;
  private child: ChildProcess | undefined;
  private isStopping = false;

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
  signal(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): void {
    if (signal === 'SIGKILL' || signal === 'SIGTERM') this.isReady = false;
    this.child?.kill(signal);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const impatience = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await ended;
    clearTimeout(impatience);
  }

  private bear(): ChildProcess {
    const { module, onLine } = this.breed;
    const env = { ...this.breed.env, INSTANCE_ID: this.name };
    const child = spawn(process.execPath, ['--enable-source-maps', module], {
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let lastLine = '';
    for (const stream of [child.stdout, child.stderr])
      if (stream)
        createInterface({ input: stream }).on('line', (line) => {
          lastLine = line;
          onLine(line);
        });
    child.on('message', (message) => {
      this.isReady = true;
      this.port = portIn(message);
    });
    child.once('exit', (code, signal) => {
      this.port = 0;
      this.isReady = false;
      if (signal === null && code !== 0) this.deaths.push(`${this.name} ended with ${code}: ${lastLine}`);
      void this.bearAgain();
    });
    this.child = child;
    return child;
  }

  private async bearAgain(): Promise<void> {
    if (this.isStopping) return;
    await delay(rebirthMs);
    if (!this.isStopping) this.bear();
  }
}

function portIn(message: unknown): number {
  const url = typeof message === 'object' && message !== null && 'url' in message ? message.url : undefined;
  return typeof url === 'string' ? Number(new URL(url).port) : 0;
}
