import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { keeperAnswerSchema, type KeeperAnswer, type KeeperAsk, type KeeperSetup } from './keeper-job.js';

const entry = path.resolve(import.meta.dirname, '../../dist/tokens/keeper-process.js');

/** Processes that each have a token keeper over one database. */
export class Keepers {
  private processes: ChildProcess[] = [];
  private readonly spares: Promise<ChildProcess>[] = [];

  constructor(private readonly setup: KeeperSetup) {}

  async start(count: number): Promise<void> {
    this.processes = await Promise.all(Array.from({ length: count }, () => this.spawn()));
    this.spares.push(this.spawn());
  }

  /** Asks every process at once; a process that dies meanwhile answers nothing. */
  ask(ask: KeeperAsk): Promise<(KeeperAnswer | 'died')[]> {
    return Promise.all(this.processes.map((keeper) => answerOf(keeper, ask)));
  }

  pause(index: number): () => void {
    const keeper = this.processes[index];
    keeper?.kill('SIGSTOP');
    return () => keeper?.kill('SIGCONT');
  }

  /** Kills a process, as an operator or the kernel would. */
  kill(index: number): void {
    this.processes[index]?.kill('SIGKILL');
  }

  /** Puts a fresh process in the place of a dead one. */
  async replace(index: number): Promise<void> {
    this.spares.push(this.spawn());
    const fresh = await (this.spares.shift() ?? this.spawn());
    this.processes[index] = fresh;
  }

  async close(): Promise<void> {
    const all = [...this.processes, ...(await Promise.all(this.spares))];
    await Promise.all(all.map((keeper) => ended(keeper)));
  }

  private async spawn(): Promise<ChildProcess> {
    const keeper = fork(entry, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    keeper.send(this.setup);
    await once(keeper, 'message');
    return keeper;
  }
}

function answerOf(keeper: ChildProcess, ask: KeeperAsk): Promise<KeeperAnswer | 'died'> {
  return new Promise((resolve) => {
    const onMessage = (message: unknown): void => done(keeperAnswerSchema.parse(message));
    const onExit = (): void => done('died');
    const done = (answer: KeeperAnswer | 'died'): void => {
      keeper.off('message', onMessage);
      keeper.off('exit', onExit);
      resolve(answer);
    };
    keeper.on('message', onMessage);
    keeper.on('exit', onExit);
    if (keeper.connected) keeper.send(ask);
    else done('died');
  });
}

async function ended(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  keeper.kill('SIGKILL');
  await once(keeper, 'exit');
}
