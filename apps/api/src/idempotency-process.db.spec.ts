import { createTestDatabase, type TestDatabase } from '@koppel/persistence/testing';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApiProcess, notBuilt, type ApiProcess } from './testing/an-api-process.js';

const patient = { timeout: 20_000, interval: 20 };

let database: TestDatabase;
let api: ApiProcess;
let sql: postgres.Sql;
let cookie: string;
beforeAll(async () => {
  database = await createTestDatabase();
  api = await anApiProcess(database.url);
  sql = postgres(database.url, { max: 2 });
  cookie = await signIn();
});
afterAll(async () => {
  api.child.kill('SIGKILL');
  await sql.end();
  await database.drop();
});

async function signIn(): Promise<string> {
  const headers = { origin: api.url, 'content-type': 'application/json' };
  const body = JSON.stringify({ email: 'admin@koppel.demo', password: 'koppel-demo' });
  const answer = await fetch(`${api.url}/v1/session`, { method: 'POST', headers, body });
  expect(answer.status).toBe(200);
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** Asks for an API key: done twice, it would make two. */
function create(key: string, signal?: AbortSignal): Promise<Response> {
  const headers = { origin: api.url, cookie, 'content-type': 'application/json', 'idempotency-key': key };
  const body = JSON.stringify({ name: 'Koppeling', scopes: ['viewer'] });
  return fetch(`${api.url}/v1/api-keys`, { method: 'POST', headers, body, ...(signal && { signal }) });
}

/** Kills the process as it is, and starts another one over the same database. */
async function killAndRestart(): Promise<void> {
  api.child.kill('SIGKILL');
  api = await anApiProcess(database.url);
}

/** The answer once the transaction of the killed process has ended: until Postgres has seen that, the key is in progress. */
async function retried(key: string): Promise<{ replayed: string | null; id: string }> {
  let last = await create(key);
  const status = async (): Promise<number> => {
    if (last.status === 409) last = await create(key);
    return last.status;
  };
  await expect.poll(status, patient).toBe(201);
  const { apiKey } = (await last.json()) as { apiKey: { id: string } };
  return { replayed: last.headers.get('idempotency-replayed'), id: apiKey.id };
}

/** As the system role: the owner sees no tenant's rows. */
async function idsIn(table: 'api_keys' | 'kept_answers'): Promise<string[]> {
  let ids: string[] = [];
  await sql.begin(async (tx) => {
    await tx`select set_config('role', 'koppel_system', true)`;
    const column = table === 'api_keys' ? 'id' : 'key_hash';
    ids = (await tx`select ${tx(column)} as id from ${tx(table)} order by 1`).map((row) => String(row['id']));
  });
  return ids;
}

describe.skipIf(notBuilt)(
  'an api process that is killed during a change with an Idempotency-Key (F10)',
  () => {
    it('leaves nothing when it had not committed: the retry makes the one that there is', async () => {
      const lock = await sql.reserve();
      await lock`begin`;
      await lock`lock table api_keys in share row exclusive mode`;
      const first = create('first').then(
        () => 'answered',
        () => 'connection lost',
      );
      const waiting = async () =>
        (
          await sql`
            select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())
              and relation = 'api_keys'::regclass`
        ).length;
      try {
        await expect.poll(waiting, patient).toBe(1);
        await killAndRestart();
      } finally {
        await lock`rollback`;
        lock.release();
      }

      expect(await first).toBe('connection lost');
      const { replayed, id } = await retried('first');
      expect(replayed).toBeNull();
      expect(await idsIn('api_keys')).toEqual([id]);
    });

    it('leaves all of it when it had: the retry is told of what there is', async () => {
      const before = await idsIn('kept_answers');
      const gaveUp = new AbortController();
      const first = create('second', gaveUp.signal).catch(() => undefined);
      await expect.poll(() => idsIn('kept_answers'), patient).toHaveLength(before.length + 1);
      gaveUp.abort();
      const made = await idsIn('api_keys');
      await killAndRestart();
      await first;

      expect(await retried('second')).toEqual({ replayed: 'true', id: made.at(-1) });
      expect(await idsIn('api_keys')).toEqual(made);
    });
  },
);
