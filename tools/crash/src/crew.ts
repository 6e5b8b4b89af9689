import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { CrewJob, CrewReport } from './crew-job.js';
import type { TrialEnd } from './trial.js';

const entry = path.resolve(import.meta.dirname, '../dist/crew-member.js');

/** Processes that make trials side by side, one each at a time. */
export class Crew {
  private readonly members: ChildProcess[];
  private readonly idle: ChildProcess[];
  private readonly waiting: ((member: ChildProcess) => void)[] = [];

  /** `cacheFolder` keeps compiled code, since the same modules are loaded by every process. */
  constructor(size: number, cacheFolder: string) {
    const env = { ...process.env, NODE_COMPILE_CACHE: cacheFolder };
    this.members = Array.from({ length: size }, () =>
      fork(entry, { env, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
    );
    this.idle = [...this.members];
  }

  get size(): number {
    return this.members.length;
  }

  /** Waits for a free member and gives how its trial ended. Throws when the trial could not be made. */
  async try(job: CrewJob): Promise<TrialEnd> {
    const member = this.idle.pop() ?? (await new Promise<ChildProcess>((take) => this.waiting.push(take)));
    try {
      const report = await reportOf(member, job);
      if ('failure' in report) throw new Error(report.failure);
      return report.end;
    } finally {
      const next = this.waiting.shift();
      if (next) next(member);
      else this.idle.push(member);
    }
  }

  /** Resolves when all are gone; whoever is in the middle of a trial leaves it. */
  async close(): Promise<void> {
    await Promise.all(
      this.members.map(async (member) => {
        if (!member.connected) return;
        const gone = once(member, 'exit');
        member.disconnect();
        await gone;
      }),
    );
  }
}

function reportOf(member: ChildProcess, job: CrewJob): Promise<CrewReport> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null, signal: string | null): void =>
      reject(new Error(`a process that makes trials ended: ${code ?? signal}`));
    member.once('exit', onExit);
    member.once('message', (report) => {
      member.off('exit', onExit);
      resolve(report as CrewReport); // its only messages are those of `crew-member.ts`
    });
    member.send(job);
  });
}
