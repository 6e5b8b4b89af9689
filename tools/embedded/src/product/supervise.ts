import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { takenPortIn } from '../free-port.js';
import { CrashBudget } from './crash-budget.js';

/** A Node program to keep running. */
export interface Program {
  readonly name: string;
  /** The compiled module and its arguments. */
  readonly args: readonly [module: string, ...args: string[]];
  readonly env: NodeJS.ProcessEnv;
  /** Node's own flags. */
  readonly nodeFlags?: readonly string[];
  readonly cwd?: string;
  /** Receives every line that the program prints. */
  readonly onLine: (line: string) => void;
  /** Asked when the program ended by itself, with its last lines: true leaves it ended. */
  readonly isLeft?: (lastLines: readonly string[]) => boolean;
  /** Told when the program ended by itself and is started again. */
  readonly onRestart?: ((what: string) => void) | undefined;
  /** Told when the program crashes too often; it is not started again. */
  readonly onGivenUp: (reason: Error) => void;
}

export interface Supervised {
  /** The process that runs now; 0 while there is none. */
  readonly pid: number;
  /** SIGTERM, and SIGKILL when it takes longer than `graceMs`. Resolves when it has ended. */
  stop(graceMs?: number): Promise<void>;
  /** Stops the program in order and starts it again. */
  restart(): Promise<void>;
  /** SIGKILL, as a crash; the program is started again. */
  kill(): void;
}

const preload = pathToFileURL(
  path.resolve(import.meta.dirname, '../../dist/product/end-with-parent.js'),
).href;
const lastLinesMax = 25;

/** Starts a program and starts it again when it ends, with growing pauses, until it crashes too often (`CrashBudget`). */
export function supervise(program: Program): Supervised {
  return new Supervisor(program);
}

class Supervisor implements Supervised {
  private readonly budget = new CrashBudget();
  private readonly stopping = new AbortController();
  private child: ChildProcess;

  constructor(private readonly program: Program) {
    this.child = this.start();
  }

  get pid(): number {
    return isRunning(this.child) ? (this.child.pid ?? 0) : 0;
  }

  async stop(graceMs = 4_000): Promise<void> {
    this.stopping.abort();
    await end(this.child, graceMs);
  }

  async restart(): Promise<void> {
    const old = this.child;
    old.removeAllListeners('close');
    await end(old, 4_000);
    if (!this.stopping.signal.aborted) this.child = this.start();
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  private start(): ChildProcess {
    const lastLines: string[] = [];
    const child = spawnProgram(this.program, (line) => {
      lastLines.push(line);
      if (lastLines.length > lastLinesMax) lastLines.shift();
      this.program.onLine(line);
    });
    // 'close' and not 'exit': then its last words have been read.
    child.once(
      'close',
      (code, signal) => void this.startAgain(`${this.program.name} ended (${signal ?? code})`, lastLines),
    );
    return child;
  }

  private async startAgain(what: string, lastLines: readonly string[]): Promise<void> {
    if (this.stopping.signal.aborted || this.program.isLeft?.(lastLines)) return;
    const pauseMs = this.budget.pauseAfterCrash(performance.now());
    if (pauseMs === undefined)
      return this.program.onGivenUp(
        new Error(`${what} too often${whyOf(lastLines)}:\n${lastLines.join('\n')}`),
      );
    this.program.onRestart?.(what);
    const isStopped = await delay(pauseMs, false, { signal: this.stopping.signal }).catch(() => true);
    if (!isStopped) this.child = this.start();
  }
}

function whyOf(lastLines: readonly string[]): string {
  const port = takenPortIn(lastLines);
  return port === undefined
    ? ''
    : `: another program listens on port ${port}; end that one, or choose another port`;
}

/** Its own process group, so that Ctrl-C reaches the launcher alone, which then stops everything in order. */
function spawnProgram(
  { args, env, nodeFlags = [], cwd }: Program,
  onLine: (line: string) => void,
): ChildProcess {
  const child = spawn(
    process.execPath,
    [...nodeFlags, '--enable-source-maps', '--import', preload, ...args],
    {
      env,
      cwd,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(onLine);
    });
    stream?.once('end', () => rest && onLine(rest));
  }
  return child;
}

function end(child: ChildProcess, graceMs: number): Promise<void> {
  if (!isRunning(child)) return Promise.resolve();
  return new Promise((resolve) => {
    const impatience = setTimeout(() => child.kill('SIGKILL'), graceMs);
    child.once('exit', () => {
      clearTimeout(impatience);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

const isRunning = (child: ChildProcess): boolean =>
  child.exitCode === null && child.signalCode === null && child.pid !== undefined;
