import { once } from 'node:events';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  getCouplingEndpoint,
  getRelationEndpoint,
  getSyncRunEndpoint,
  listRelationsEndpoint,
  signInEndpoint,
  startResyncEndpoint,
} from '@koppel/contracts';
import { firstFreePort } from '@koppel/embedded';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiClient } from './api-client.js';
import { coupleAll } from './couple-all.js';
import { aStart, type Start } from './testing/a-start.js';

const demo = { email: 'admin@koppel.demo', password: 'koppel-demo' };
const exact = { username: 'anna@bouwgroep-demo.nl', password: 'demo' };
const timeout = 240_000;

let folder = '';
let squatter: Server;
let takenPort = 0;
const starts: Start[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'koppel-newcomer-'));
  // Below the ports that systems give to whoever asks for any: others who run beside this must not get the next one meanwhile.
  takenPort = await firstFreePort(20_000 + (process.pid % 10_000));
  squatter = createServer().listen(takenPort, '127.0.0.1');
  await once(squatter, 'listening');
});
afterAll(async () => {
  for (const start of starts) for (const pid of [...start.family(), start.child.pid ?? 0]) kill(pid);
  await Promise.all(starts.map(({ ended }) => ended));
  squatter.close();
  await rm(folder, { recursive: true, force: true });
});

function start(dataDir: string, prefix: readonly string[] = []): Start {
  const started = aStart({ KOPPEL_DATA_DIR: dataDir, PORT: String(takenPort) }, prefix);
  starts.push(started);
  return started;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it ended by itself meanwhile
  }
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function signedIn(url: string): Promise<ApiClient> {
  const api = new ApiClient(url);
  await api.call(signInEndpoint, { body: demo });
  return api;
}

/** A new coupling resyncs by itself; what was cut off by the stop goes on first. */
const resyncOnceFree = (api: ApiClient) =>
  vi.waitFor(() => api.call(startResyncEndpoint, { body: {} }), { timeout: 60_000, interval: 250 });

/** Someone changes a phone number in Exact; the phone number that Koppel has after a resync. */
async function phoneAfterResync(api: ApiClient, sandboxUrl: string, phone: string): Promise<unknown> {
  const [first] = (await api.call(listRelationsEndpoint, { query: { limit: 1 } })).items;
  const params = { id: first?.id ?? '' };
  const before = await api.call(getRelationEndpoint, { params });
  const source = before.sources.find(({ state }) => state === 'present');
  const link = new URL(source?.deepLink ?? '').searchParams;
  const edit = {
    division: Number(link.get('_Division_')),
    entity: 'Accounts',
    id: link.get('AccountID'),
    fields: { Phone: phone },
  };
  const answer = await fetch(`${sandboxUrl}/__sandbox/edit`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(edit),
  });
  expect(answer.status).toBe(200);
  const { runId } = await resyncOnceFree(api);
  await expect
    .poll(async () => (await api.call(getSyncRunEndpoint, { params: { id: runId } })).state, {
      // A coupling and three resyncs are about what Exact allows in a minute: the last may wait for the next one.
      timeout: 100_000,
    })
    .toBe('completed');
  const after = await api.call(getRelationEndpoint, { params });
  return after.sources.find(({ id }) => id === source?.id)?.values['phone'];
}

const sandboxOf = ({ output }: Start): string => /\((http:\/\/[^)]+)\)\n/.exec(output())?.[1] ?? '';

describe('npm start, as a newcomer meets it', () => {
  const dataDir = (): string => path.join(folder, 'data');
  let running: Start;

  it(
    'prints one address and a demo login, also when the port is taken, and keeps its data to itself',
    async () => {
      running = start(dataDir());
      const url = await running.ready;

      expect(new URL(url).port).not.toBe(String(takenPort));
      expect(running.output()).toContain('Log in  admin@koppel.demo / koppel-demo');
      expect((await stat(dataDir())).mode & 0o777).toBe(0o700);
      expect((await fetch(url)).headers.get('content-type')).toBe('text/html; charset=utf-8');
    },
    timeout,
  );

  it(
    'couples the administrations of the demo, and refuses a second start on the same data',
    async () => {
      const report = await coupleAll(new ApiClient(await running.ready), { ...demo, exact });
      expect(report.isActive).toBe(true);

      const second = start(dataDir());
      expect(await second.ended).toBe(1);
      expect(second.output()).toContain(`Koppel runs already at ${await running.ready}`);
    },
    timeout,
  );

  it(
    'ends everything at Ctrl-C, quietly',
    async () => {
      const family = running.family();
      expect(family.length).toBeGreaterThanOrEqual(4); // sandbox, api, worker, database

      running.child.kill('SIGINT');

      expect(await running.ended).toBe(0);
      expect(family.filter(isRunning)).toEqual([]);
      expect(running.output()).toMatch(/\nKoppel has stopped\.\n$/);
      expect(running.output()).not.toMatch(/^\s+at /m);
    },
    timeout,
  );

  it(
    'finds the coupling again at the next start, and what was changed in Exact since',
    async () => {
      running = start(dataDir());
      const api = await signedIn(await running.ready);

      expect((await api.call(getCouplingEndpoint)).step).toBe('active');
      expect(await phoneAfterResync(api, sandboxOf(running), '020 555 01 01')).toContain('555');
    },
    timeout,
  );

  it(
    'finds all of it again after every process was killed at once',
    async () => {
      for (const pid of [running.child.pid ?? 0, ...running.family()]) kill(pid);
      expect(await running.ended).toBe('SIGKILL');

      running = start(dataDir());
      const api = await signedIn(await running.ready);

      expect((await api.call(getCouplingEndpoint)).step).toBe('active');
      expect(await phoneAfterResync(api, sandboxOf(running), '020 777 02 02')).toContain('777');
      running.child.kill('SIGTERM');
      expect(await running.ended).toBe(0);
    },
    timeout,
  );
});

describe('npm start as an ordinary user', () => {
  const nobody = ['--reuid', '65534', '--regid', '65534', '--clear-groups', '--'];

  it(
    'works as it does for root',
    async ({ skip }) => {
      skip(process.getuid?.() !== 0, 'this run is an ordinary user’s already');
      skip(
        !(await isOpenToOthers(import.meta.dirname)),
        'the project stands in a folder that is closed to other users',
      );
      await chmod(folder, 0o777);

      const started = start(path.join(folder, 'nobody'), ['setpriv', ...nobody]);
      await signedIn(await started.ready);
      started.child.kill('SIGINT');

      expect(await started.ended).toBe(0);
      expect((await stat(path.join(folder, 'nobody'))).uid).toBe(65_534);
    },
    timeout,
  );
});

async function isOpenToOthers(from: string): Promise<boolean> {
  for (let at = from; ; at = path.dirname(at)) {
    if (((await stat(at)).mode & 0o005) !== 0o005) return false;
    if (at === path.dirname(at)) return true;
  }
}
