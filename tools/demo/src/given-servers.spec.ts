import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { beginConnectionEndpoint, signInEndpoint } from '@koppel/contracts';
import { startPostgres, type RunningPostgres } from '@koppel/embedded';
import { DEMO_CLIENT, startSandbox, type Sandbox } from '@koppel/exact-sandbox';
import { Redis } from 'ioredis';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from './api-client.js';
import { coupleAll } from './couple-all.js';
import { aStart, type Start } from './testing/a-start.js';

const demo = { email: 'admin@koppel.demo', password: 'koppel-demo' };
const timeout = 240_000;
/** A database of its own in the Redis of the test run, so that nobody else's queues are in it. */
const redisUrl = process.env['TEST_REDIS_URL'] && new URL('/9', process.env['TEST_REDIS_URL']).href;

describe('npm start on servers of one’s own', () => {
  let folder = '';
  let database: RunningPostgres;
  let exact: Sandbox;
  let start: Start;
  const databaseUrl = (): string => {
    const url = new URL(database.url);
    [url.username, url.password, url.pathname] = ['owner', 'owner', '/koppel'];
    return url.href;
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'koppel-given-'));
    [database, exact] = await Promise.all([
      startPostgres({ dataDir: path.join(folder, 'given') }),
      startSandbox({ world: { seed: 3, divisions: 2, relations: 100 } }),
    ]);
    const superuser = postgres(database.url, { max: 1 });
    await superuser`create role owner login createrole password 'owner'`;
    await superuser`create database koppel owner owner`;
    await superuser.end();
    start = aStart({
      KOPPEL_DATA_DIR: path.join(folder, 'data'),
      DATABASE_URL: databaseUrl(),
      EXACT_REGION: 'be',
      EXACT_CLIENT_ID: DEMO_CLIENT.clientId,
      EXACT_CLIENT_SECRET: DEMO_CLIENT.clientSecret,
      EXACT_BASE_URL_BE: exact.url,
      ...(redisUrl && { REDIS_URL: redisUrl }),
    });
  }, timeout);
  afterAll(async () => {
    start.child.kill('SIGTERM');
    await start.ended;
    await exact.stop();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'offers no other country than the one of its app',
    async () => {
      const api = new ApiClient(await start.ready);
      await api.call(signInEndpoint, { body: demo });

      const begun = api.call(beginConnectionEndpoint, { body: { region: 'nl' } });

      await expect(begun).rejects.toMatchObject({ problem: { kind: 'region-not-configured', status: 422 } });
    },
    timeout,
  );

  it(
    'couples at the Exact of EXACT_*, on a PostgreSQL where it owns no more than its database',
    async () => {
      const report = await coupleAll(new ApiClient(await start.ready), {
        ...demo,
        exact: { username: 'anna@bouwgroep-demo.nl', password: 'demo' },
        region: 'be',
      });

      expect(report.isActive).toBe(true);
      expect(start.output()).toMatch(/Exact\s+the real one/);
      expect(start.output()).toMatch(/Data\s+the database of DATABASE_URL/);
      expect(exact.journal.counters().byEndpoint['sync/CRM/Accounts']).toBeGreaterThan(0);
    },
    timeout,
  );

  it.skipIf(!redisUrl)('keeps its queue in the given Redis, and nothing of it in PostgreSQL', async () => {
    const redis = new Redis(redisUrl ?? '');
    const keys = await redis.keys('bull:*');
    await redis.flushdb();
    await redis.quit();
    const sql = postgres(databaseUrl(), { max: 1 });
    const schemas = await sql`select 1 from pg_namespace where nspname = 'bullmq'`;
    await sql.end();

    expect(keys.length).toBeGreaterThan(0);
    expect(schemas).toHaveLength(0);
  });
});

describe('npm run demo', () => {
  it(
    'couples from nothing, prints what came of it, and ends with 0',
    async () => {
      const child = spawn(process.execPath, [path.resolve(import.meta.dirname, '../dist/main.js')], {
        env: { PATH: process.env['PATH'] },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const lines: string[] = [];
      createInterface(child.stdout).on('line', (line) => lines.push(line));
      let complaints = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
      const [code] = (await once(child, 'close')) as [number | null];

      expect(code, complaints).toBe(0);
      const text = lines.join('\n');
      for (const row of [
        'Relaties opgehaald',
        'Automatisch samengevoegd',
        'Gevraagd aan een mens',
        'Seconden',
      ])
        expect(text).toMatch(new RegExp(`^${row} +[\\d.]+$`, 'm'));
      expect(text).toMatch(/^Koppeling +actief$/m);
      expect(text).toMatch(/^ {2}Van Dijk Bouw B\.V\. +\d+\/60 per minuut, \d+\/5000 per dag$/m);
    },
    timeout,
  );
});
