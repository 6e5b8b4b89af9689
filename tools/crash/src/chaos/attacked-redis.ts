import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endWithParent, freePort } from '@koppel/embedded';

const upMaxMs = 30_000;
const lookEveryMs = 50;

/** A queue server that crashes on demand and comes back at the same place, with what its append-only file kept. */
export class AttackedRedis {
  private constructor(
    private readonly dir: string,
    readonly port: number,
    private server: ChildProcess,
  ) {}

  /** Starts the redis-server of the machine; rejects when there is none. */
  static async start(folder: string): Promise<AttackedRedis> {
    const dir = path.join(folder, 'redis');
    await mkdir(dir);
    const port = await freePort();
    return new AttackedRedis(dir, port, await launch(dir, port));
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** F26: killed; what it had answered is in the file, since the kernel keeps what was written. */
  async restart(): Promise<void> {
    await this.end('SIGKILL');
    this.server = await launch(this.dir, this.port);
  }

  /** F27: it listens and says nothing. */
  pause(isPaused: boolean): void {
    this.server.kill(isPaused ? 'SIGSTOP' : 'SIGCONT');
  }

  async stop(): Promise<void> {
    await this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { server } = this;
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  }
}

async function launch(dir: string, port: number): Promise<ChildProcess> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--appendonly', 'yes'];
  const [command = '', ...args] = [...endWithParent('KILL'), 'redis-server', ...options];
  const child = spawn(command, args, { stdio: 'ignore' });
  const ended = once(child, 'exit').then(([code]) =>
    Promise.reject(new Error(`redis-server ended (${code})`)),
  );
  ended.catch(() => undefined); // it is killed some day; only an end before it is ready is a failure
  await Promise.race([answering(port), ended]);
  return child;
}

/** Resolves when it has read its file; before, it answers LOADING. */
async function answering(port: number): Promise<void> {
  for (const startedAt = performance.now(); performance.now() - startedAt < upMaxMs; await delay(lookEveryMs))
    if ((await ping(port)) === '+PONG') return;
  throw new Error('redis-server is not ready in time');
}

async function ping(port: number): Promise<string | undefined> {
  const socket = connect(port, '127.0.0.1');
  try {
    socket.write('PING\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString().trim();
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}
