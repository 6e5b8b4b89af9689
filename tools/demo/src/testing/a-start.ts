import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import path from 'node:path';

const startModule = path.resolve(import.meta.dirname, '../../../embedded/dist/start.js');
const readyWithinMs = 120_000;

/** `npm start` without npm around it, as a process (and process group) of its own. */
export interface Start {
  readonly child: ChildProcess;
  /** Resolves with the address once it says that it is ready; rejects, with all that it printed, when it ends before. */
  readonly ready: Promise<string>;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** All that it printed, on both streams. */
  output(): string;
  /** The processes below it at this moment, database included. */
  family(): number[];
}

/** `prefix` are words before the command, as `setpriv ... --`. */
export function aStart(env: Readonly<Record<string, string>>, prefix: readonly string[] = []): Start {
  const [program = '', ...args] = [...prefix, process.execPath, startModule];
  const child = spawn(program, args, {
    env: { PATH: process.env['PATH'], HOME: env['KOPPEL_DATA_DIR'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  );
  const ready = new Promise<string>((resolve, reject) => {
    const fail = (what: string): void => reject(new Error(`${what}; it printed:\n${output}`));
    const tooLate = setTimeout(() => fail('not ready in time'), readyWithinMs);
    void ended.then((how) => {
      clearTimeout(tooLate);
      fail(`it ended (${how})`);
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const url = /Koppel is ready[^]*Open\s+(http:\S+)[^]*Logs\s+\S+\n/.exec(output)?.[1];
        if (url) resolve(url);
      });
  });
  ready.catch(() => undefined); // a test that never asks must not fail by it
  return { child, ready, ended, output: () => output, family: () => descendantsOf(child.pid ?? 0) };
}

function descendantsOf(root: number): number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const found = [root];
  // Grows while it is walked: children of children too.
  for (const parent of found)
    for (const [pid = 0, of = 0] of rows) if (of === parent && !found.includes(pid)) found.push(pid);
  return found.slice(1);
}
