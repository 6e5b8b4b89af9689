import { aNetworkTo, createTestDatabase, type Network, type TestDatabase } from '@koppel/persistence/testing';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anApiProcess, aStartingApi, notBuilt, type ApiProcess } from './testing/an-api-process.js';

let database: TestDatabase;
let network: Network;
let api: ApiProcess;
beforeEach(async () => {
  database = await createTestDatabase();
  network = await aNetworkTo(database.url);
  api = await anApiProcess(network.url);
});
afterEach(async () => {
  api.child.kill('SIGKILL');
  network.close();
  await database.drop();
});

async function signIn(): Promise<Record<string, string>> {
  const headers = { origin: api.url, 'content-type': 'application/json' };
  const body = JSON.stringify({ email: 'admin@koppel.demo', password: 'koppel-demo' });
  const answer = await fetch(`${api.url}/v1/session`, { method: 'POST', headers, body });
  expect(answer.status).toBe(200);
  return { ...headers, cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}

/** Kills every connection of the api; gives how many. */
async function killBackends(sql: postgres.Sql): Promise<number> {
  const rows = await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'koppel'`;
  return rows.length;
}

describe.skipIf(notBuilt)('an api process', () => {
  it('stays up while its database connections are killed under load: 503 with a moment to come back, then 200 again (F21)', async () => {
    const headers = await signIn();
    const change = { method: 'PUT', headers, body: '{"locale":"en"}' };
    const sql = postgres(database.url, { max: 1 });
    const statuses: number[] = [];
    let killed = 0;
    const lane = async (): Promise<void> => {
      for (let count = 1; count <= 24; count += 1) {
        const answer = await fetch(`${api.url}/v1/session/locale`, change);
        statuses.push(answer.status);
        if (answer.status === 503) expect(answer.headers.get('retry-after')).toBe('5');
        await answer.arrayBuffer();
        if (count % 6 === 0) killed += await killBackends(sql);
      }
    };
    await Promise.all(Array.from({ length: 5 }, lane));
    await sql.end();

    expect(killed).toBeGreaterThan(10);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect(api.child.exitCode).toBeNull();
    // A killed backend may die later than the call that killed it; all is well within 10 s (F20, F21).
    const status = async (): Promise<number> => (await fetch(`${api.url}/v1/session`, { headers })).status;
    await expect.poll(status, { timeout: 10_000, interval: 50 }).toBe(200);
  });

  it('that starts while PostgreSQL cannot be had waits for it, and serves then (F20)', async () => {
    network.swallow(true);
    const starting = aStartingApi(network.url);
    try {
      await expect.poll(starting.output, { timeout: 20_000 }).toContain('database cannot be reached: waits');
      network.swallow(false);
      const url = await starting.listening;
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
    } finally {
      starting.child.kill('SIGKILL');
    }
  });

  it('is ready while requests hold every connection, whose others are told to come back: it is busy, and the database is there (F23)', async () => {
    const headers = await signIn();
    const ask = (path: string) => fetch(api.url + path, { headers });
    const sql = postgres(database.url, { max: 1 });
    let asked: readonly Promise<Response>[] = [];
    await sql.begin(async (tx) => {
      await tx`lock table sessions in access exclusive mode`;
      asked = Array.from({ length: 15 }, () => ask('/v1/session'));
      const waited = await Promise.any(asked);
      expect([waited.status, waited.headers.get('retry-after')]).toEqual([503, '5']);
      expect((await ask('/health/ready')).status).toBe(200);
    });
    await sql.end();

    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(5);
  });

  it('answers 503 within five seconds when nothing arrives at the database, lives meanwhile, and serves again by itself (F22)', async () => {
    const headers = await signIn();
    const statusOf = async (path: string) => (await fetch(api.url + path, { headers })).status;
    expect(await statusOf('/v1/session')).toBe(200);
    network.swallow(true);

    for (let round = 1; round <= 2; round += 1) {
      const begunAt = performance.now();
      const asked = Promise.all(Array.from({ length: 30 }, () => statusOf('/v1/session')));
      expect(await statusOf('/health/live')).toBe(200);
      expect(performance.now() - begunAt).toBeLessThan(1_000);
      expect(await statusOf('/health/ready')).toBe(503);
      expect(performance.now() - begunAt).toBeLessThan(3_000);
      expect(new Set(await asked)).toEqual(new Set([503]));
      expect(performance.now() - begunAt).toBeLessThan(5_000);
    }

    network.swallow(false);
    await expect.poll(() => statusOf('/v1/session'), { timeout: 10_000, interval: 100 }).toBe(200);
    expect(await statusOf('/health/ready')).toBe(200);
  });
});
