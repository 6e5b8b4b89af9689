import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { endWithParent, onFreePort, PortTaken } from '@koppel/embedded';

export interface RunningRedis {
  readonly url: string;
  stop(): Promise<void>;
}

const startTimeoutMs = 10_000;
const saidCharactersMax = 4_000;

/** The Redis of `TEST_REDIS_URL`, else a fresh one of the installed redis-server; undefined when the machine has neither. */
export async function findRedis(given: string | undefined): Promise<RunningRedis | undefined> {
  if (given) return { url: given, stop: () => Promise.resolve() };
  if (noRedis) return undefined;
  return onFreePort(undefined, startRedis);
}

/** Why a Redis of one's own cannot be started, or undefined. */
export const noRedis =
  spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0
    ? undefined
    : 'redis-server is not on the PATH';

/** A fresh and empty redis-server at a port of this machine; rejects when it is not ready within ten seconds, with `PortTaken` when somebody else listens there. */
export async function startRedis(port: number): Promise<RunningRedis> {
  const folder = await mkdtemp(path.join(tmpdir(), 'koppel-redis-'));
  const inMemory = ['--save', '', '--appendonly', 'no', '--dir', folder, '--maxmemory-policy', 'noeviction'];
  const command = [
    ...endWithParent('KILL'),
    'redis-server',
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    ...inMemory,
  ];
  const child = spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await isReady(child, port);
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function isReady(child: ChildProcess, port: number): Promise<void> {
  let said = '';
  let tooLate: NodeJS.Timeout | undefined;
  const ready = new Promise<void>((resolve, reject) => {
    tooLate = setTimeout(() => reject(new Error('redis-server is not ready in time')), startTimeoutMs);
    child.stdout?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-saidCharactersMax);
      if (/ready to accept connections/i.test(said)) resolve();
    });
    child.once('error', reject);
    // 'close' and not 'exit': then its last words have been read.
    child.once('close', (code) =>
      reject(
        /address already in use/i.test(said)
          ? new PortTaken(port, 'redis-server')
          : new Error(`redis-server ended (${code})`),
      ),
    );
  });
  return ready.finally(() => clearTimeout(tooLate));
}
