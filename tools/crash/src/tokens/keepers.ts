import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { keeperAnswerSchema, type KeeperAnswer, type KeeperAsk, type KeeperSetup } from './keeper-job.js';

const entry = path.resolve(import.meta.dirname, '../../dist/tokens/keeper-process.js');

interface Keeper {
  readonly name: string;
  readonly process: ChildProcess;
}

/** What came of a question to one process. */
export interface Said {
  readonly name: string;
  readonly answer: KeeperAnswer | 'died';
}

/** Processes that each have a token keeper over one database; no two ever have the same name. */
export class Keepers {
  private keepers: Keeper[] = [];
  private readonly spares: Promise<Keeper>[] = [];
  private born = 0;

  constructor(private readonly setup: Omit<KeeperSetup, 'name'>) {}

  async start(count: number): Promise<void> {
    this.keepers = await Promise.all(Array.from({ length: count }, () => this.spawn()));
    this.spares.push(this.spawn());
  }

  /** Asks every process at once. */
  ask(ask: KeeperAsk): Promise<Said[]> {
    return Promise.all(
      this.keepers.map(async (keeper) => ({
        name: keeper.name,
        answer: await answerOf(keeper.process, ask),
      })),
    );
  }

  pause(index: number): () => void {
    const keeper = this.keepers[index]?.process;
    keeper?.kill('SIGSTOP');
    return () => keeper?.kill('SIGCONT');
  }

  /** Kills a process, as an operator or the kernel would; gives its name. */
  kill(index: number): string | undefined {
    const keeper = this.keepers[index];
    keeper?.process.kill('SIGKILL');
    return keeper?.name;
  }

  /** Puts fresh processes in the places of those that died, or are about to. */
  async replaceDead(): Promise<void> {
    for (const [index, { process: old }] of this.keepers.entries()) {
      if (!old.killed && old.exitCode === null && old.signalCode === null) continue;
      await ended(old);
      this.spares.push(this.spawn());
      this.keepers[index] = await (this.spares.shift() ?? this.spawn());
    }
  }

  async close(): Promise<void> {
    const all = [...this.keepers, ...(await Promise.all(this.spares))];
    await Promise.all(all.map((keeper) => ended(keeper.process)));
  }

  private async spawn(): Promise<Keeper> {
    this.born += 1;
    const name = `keeper-${this.born}`;
    const keeper = fork(entry, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    keeper.send({ ...this.setup, name } satisfies KeeperSetup);
    await once(keeper, 'message');
    return { name, process: keeper };
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
  const exit = once(keeper, 'exit');
  keeper.kill('SIGKILL');
  await exit;
}
