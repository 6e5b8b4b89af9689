import { createTestDatabase, type TestDatabase } from '@koppel/persistence/testing';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anApiProcess, notBuilt, type ApiProcess } from './testing/an-api-process.js';

let database: TestDatabase;
let api: ApiProcess;
beforeEach(async () => {
  database = await createTestDatabase();
  api = await anApiProcess(database.url);
});
afterEach(async () => {
  api.child.kill('SIGKILL');
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
});
