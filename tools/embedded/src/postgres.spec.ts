import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPostgres, type RunningPostgres } from './postgres.js';
import { isAlive } from './processes.js';

const launcher = path.join(import.meta.dirname, '../dist/postgres.js');

describe('startPostgres', () => {
  let folder = '';
  const started: RunningPostgres[] = [];
  const start = async (options: { port?: number } = {}): Promise<RunningPostgres> => {
    const running = await startPostgres({ dataDir: path.join(folder, 'data'), ...options });
    started.push(running);
    return running;
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'koppel-pg-'));
  });
  afterEach(async () => {
    for (const running of started.splice(0)) await running.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('gives a server that answers, and keeps the data for the next start', async () => {
    const first = await start();
    await execute(first.url, 'create table kept as select 7 as number');
    await first.stop();

    const second = await start();

    expect(await execute(second.url, 'select number from kept')).toEqual([{ number: 7 }]);
    expect(second.attached).toBe(false);
    expect(await readdir(folder)).toEqual(['data']);
  });

  it('joins the server that already runs on the folder, and does not stop it', async () => {
    const first = await start();

    const second = await start();
    await second.stop();

    expect(second).toMatchObject({ attached: true, port: first.port, pid: first.pid });
    expect(await execute(first.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('gives two simultaneous starters of a new folder one and the same server', async () => {
    const [first, second] = await Promise.all([start(), start()]);

    expect(first.pid).toBe(second.pid);
    expect([first.attached, second.attached].sort()).toEqual([false, true]);
  });

  it('refuses a port that it was told to use and that is taken', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');

    const failure = start({ port: (squatter.address() as AddressInfo).port });

    await expect(failure).rejects.toThrow('could not create any TCP/IP sockets');
    squatter.close();
  });

  it('finds every committed row again after the server was killed with SIGKILL', async () => {
    const first = await start();
    await execute(first.url, 'create table kept as select 7 as number');
    process.kill(first.pid, 'SIGKILL');

    const second = await start();

    expect(await execute(second.url, 'select number from kept')).toEqual([{ number: 7 }]);
  });

  it('takes over when the process that started the server was killed with SIGKILL', async () => {
    const script = `const { startPostgres } = await import(${JSON.stringify(launcher)});
      const pg = await startPostgres({ dataDir: ${JSON.stringify(path.join(folder, 'data'))} }); console.log(pg.pid);`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [pid] = (await once(starter.stdout, 'data')) as [Buffer];
    starter.kill('SIGKILL');
    await once(starter, 'exit');

    const mine = await start();

    expect(mine.attached).toBe(false);
    expect(isAlive(Number(pid.toString()))).toBe(false);
  });
});

async function execute(url: string, statement: string): Promise<unknown[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return [...(await sql.unsafe(statement))];
  } finally {
    await sql.end();
  }
}
