import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { victimReportSchema, type VictimJob } from './victim-job.js';

const entry = path.resolve(import.meta.dirname, '../dist/victim.js');
/** A life takes seconds; this ends one that hangs, also on a machine with much else to do. */
export const lifeMaxMs = 600_000;

const errorTextMax = 2_000;

export type VictimEnd =
  | { readonly kind: 'killed' }
  | { readonly kind: 'lived'; readonly points: readonly string[] }
  | { readonly kind: 'failed'; readonly why: string };

/** Processes that wait with everything loaded, one ahead of the one at work. */
export class Victims {
  private spare: ChildProcess | undefined;

  /** `cacheFolder` keeps compiled code, since the same modules are loaded by every process. */
  constructor(private readonly cacheFolder: string) {}

  async run(job: VictimJob): Promise<VictimEnd> {
    const victim = this.spare ?? this.spawn();
    this.spare = this.spawn();
    return new Promise((resolve) => {
      let points: readonly string[] | undefined;
      let errors = '';
      const tooLate = setTimeout(() => victim.kill('SIGABRT'), lifeMaxMs);
      victim.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
      victim.once('message', (message) => (points = victimReportSchema.parse(message).points));
      victim.once('exit', (code, signal) => {
        clearTimeout(tooLate);
        if (signal === 'SIGKILL') resolve({ kind: 'killed' });
        else if (code === 0 && points) resolve({ kind: 'lived', points });
        else resolve({ kind: 'failed', why: `${code ?? signal}: ${errors.slice(-errorTextMax)}` });
      });
      victim.send(job);
    });
  }

  close(): void {
    this.spare?.kill('SIGKILL');
    this.spare = undefined;
  }

  private spawn(): ChildProcess {
    const env = { ...process.env, NODE_COMPILE_CACHE: this.cacheFolder };
    // The compiled entry, also when the parent runs sources with conditions of its own.
    return fork(entry, { env, execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  }
}
