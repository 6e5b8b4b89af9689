import type { TokenCipher } from '@koppel/persistence';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  startTestApi,
  type Answer,
  type Client,
  type TestApi,
  type TestTenant,
} from '../testing/test-api.js';
import { addListedTenant } from '../testing/a-listed-tenant.js';
import { CIPHER } from '../tokens.js';
import { seal } from './kept-answers.js';

const path = '/v1/api-keys';
const wanted = { name: 'Koppeling', scopes: ['viewer'] };

let api: TestApi;
let mine: TestTenant;
let sql: postgres.Sql;
beforeAll(async () => {
  api = await startTestApi();
  sql = postgres(api.databaseUrl, { max: 2 });
});
afterAll(async () => {
  await sql.end();
  await api.close();
});
beforeEach(async () => {
  mine = await api.tenant();
});

function create(key: string, options: { by?: Client; body?: object } = {}): Promise<Answer> {
  const { by = mine.admin, body = wanted } = options;
  return by.send('POST', path, { body, headers: { 'idempotency-key': key } });
}

const kindOf = (answer: Answer) => (answer.body as { kind?: string }).kind;
const isReplayed = (answer: Answer) => answer.headers['idempotency-replayed'] === 'true';

async function keysOf(tenant: TestTenant): Promise<{ id: string }[]> {
  const { body } = await tenant.admin.get(path);
  return (body as { items: { id: string }[] }).items;
}

/** As the owner, who is under row-level security too. */
function asTenant<T>(work: (tx: postgres.TransactionSql) => Promise<T>): Promise<unknown> {
  return sql.begin(async (tx) => {
    await tx`select set_config('role', 'koppel_app', true), set_config('app.tenant_id', ${mine.id}, true)`;
    return work(tx);
  });
}

/** Holds back every new API key until `release`. */
async function holdBack(): Promise<{ waiting: () => Promise<void>; release: () => Promise<void> }> {
  const connection = await sql.reserve();
  await connection`begin`;
  await connection`lock table api_keys in share row exclusive mode`;
  return {
    waiting: async () => {
      const count = async () =>
        (
          await sql`
            select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())
              and relation = 'api_keys'::regclass`
        ).length;
      await expect.poll(count, { timeout: 20_000, interval: 20 }).toBe(1);
    },
    release: async () => {
      await connection`rollback`;
      connection.release();
    },
  };
}

describe('a change with an Idempotency-Key', () => {
  it('happens once; sent again it is answered as the first time, secret and all', async () => {
    const first = await create('k-1');
    const again = await create('k-1');

    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect([first, again].map(isReplayed)).toEqual([false, true]);
    expect(await keysOf(mine)).toHaveLength(1);
  });

  it('takes the members of a body in any order, and the quoted form of the key, as the same', async () => {
    await create('k-1');
    const again = await create('"k-1"', { body: { scopes: wanted.scopes, name: wanted.name } });
    expect([again.status, isReplayed(again)]).toEqual([201, true]);
  });

  it('is refused with another body, or at another address, than the first time', async () => {
    await create('k-1');
    const other = await create('k-1', { body: { ...wanted, name: 'Anders' } });
    const headers = { 'idempotency-key': 'k-1' };
    const elsewhere = await mine.admin.send('PUT', '/v1/coupling/resync-interval', {
      body: { minutes: 60 },
      headers,
    });

    for (const answer of [other, elsewhere])
      expect([answer.status, kindOf(answer)]).toEqual([422, 'idempotency-key-reused']);
    expect(await keysOf(mine)).toHaveLength(1);
  });

  it('is refused while the first is in progress, and answered as the first when that has ended', async () => {
    const hold = await holdBack();
    const first = create('k-1');
    const second = await hold
      .waiting()
      .then(() => create('k-1'))
      .finally(hold.release);

    expect([second.status, kindOf(second)]).toEqual([409, 'idempotency-key-in-progress']);
    expect(second.headers['retry-after']).toBe('1');
    expect((await first).status).toBe(201);
    expect((await create('k-1')).body).toEqual((await first).body);
    expect(await keysOf(mine)).toHaveLength(1);
  });

  it('happens once however many come at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => create('k-1')));

    expect(answers.filter((one) => one.status === 201 && !isReplayed(one))).toHaveLength(1);
    expect(answers.filter((one) => ![201, 409].includes(one.status))).toEqual([]);
    expect(await keysOf(mine)).toHaveLength(1);
  });

  it('leaves the same key of another tenant, and of another person, alone', async () => {
    const theirs = await api.tenant();
    const first = await create('k-1');
    const foreign = await create('k-1', { by: theirs.admin, body: { ...wanted, name: 'Van hen' } });
    const { key } = first.body as { key: string };
    const byKey = await create('k-1', { by: await adminKey(), body: { ...wanted, name: 'Nog een' } });

    expect([first, foreign, byKey].map((one) => [one.status, isReplayed(one)])).toEqual(
      Array.from({ length: 3 }, () => [201, false]),
    );
    expect(JSON.stringify(foreign.body)).not.toContain(key);
    expect(await keysOf(theirs)).toHaveLength(1);
  });

  it('is judged anew after a refusal, and done when its cause is gone', async () => {
    const { admin, id } = await addListedTenant(api, 1);
    const leave = (state: string) =>
      sql.begin(async (tx) => {
        await tx`select set_config('role', 'koppel_app', true), set_config('app.tenant_id', ${id}, true)`;
        await tx`update connections set state = ${state}`;
      });
    const refresh = () =>
      admin.send('POST', '/v1/administrations/refresh', { headers: { 'idempotency-key': 'k-1' } });
    await leave('reauth-required');
    const refused = [await refresh(), await refresh()];
    await leave('active');
    const done = [await refresh(), await refresh()];

    expect(refused.map((one) => [kindOf(one), isReplayed(one)])).toEqual(
      Array.from({ length: 2 }, () => ['connection-broken', false]),
    );
    expect(done.map((one) => [one.status, isReplayed(one)])).toEqual([
      [202, false],
      [202, true],
    ]);
  });

  it('is tried again after a conflict that passes by itself', async () => {
    const send = () =>
      mine.admin.send('POST', '/v1/sync-runs', {
        body: { administrationIds: ['0190a000-0000-7000-8000-000000000001'] },
        headers: { 'idempotency-key': 'k-1' },
      });
    const answers = [await send(), await send()];

    expect(answers.map((one) => [one.status, kindOf(one), isReplayed(one)])).toEqual(
      Array.from({ length: 2 }, () => [409, 'wrong-step', false]),
    );
  });

  it('says that it was done, and does nothing, when the key of its answer is gone', async () => {
    await create('k-1');
    await asTenant((tx) => tx`update kept_answers set encryption_key_id = 'gone'`);
    const again = await create('k-1');

    expect([again.status, kindOf(again)]).toEqual([410, 'idempotency-answer-unreadable']);
    expect(await keysOf(mine)).toHaveLength(1);
  });

  it('is not remembered when it was not allowed or did not fit the contract', async () => {
    const invalid = await create('k-1', { body: { ...wanted, scopes: ['owner'] } });
    const forbidden = await create('k-1', { by: mine.viewer });
    expect([invalid.status, forbidden.status]).toEqual([400, 403]);

    expect((await create('k-1')).status).toBe(201);
  });

  it('is refused with a key that is none', async () => {
    for (const key of ['', 'a b', 'k'.repeat(256), '"open']) {
      const answer = await create(key);
      expect([key, answer.status, kindOf(answer)]).toEqual([key, 400, 'idempotency-key-malformed']);
    }
    expect(await keysOf(mine)).toEqual([]);
  });

  it('happens again when the first answer is older than 48 hours', async () => {
    const first = await create('k-1');
    await asTenant((tx) => tx`update kept_answers set answered_at = answered_at - interval '49 hours'`);
    const later = await create('k-1', { body: { ...wanted, name: 'Twee dagen later' } });
    const again = await create('k-1', { body: { ...wanted, name: 'Twee dagen later' } });

    expect(later.status).toBe(201);
    expect(later.body).not.toEqual(first.body);
    expect(again.body).toEqual(later.body);
    expect(await keysOf(mine)).toHaveLength(2);
  });

  it('is answered as it was also when the contract has changed since', async () => {
    await create('k-1');
    const older = { key: 'of-old', apiKey: { title: 'Koppeling' } };
    await asTenant(async (tx) => {
      const [row] = await tx`select actor_id, key_hash from kept_answers`;
      const place = {
        tenantId: mine.id,
        actorId: String(row?.['actor_id']),
        keyHash: String(row?.['key_hash']),
      };
      const { ciphertext } = seal(api.app.get<TokenCipher>(CIPHER), place, { kind: 'value', value: older });
      await tx`update kept_answers set ciphertext = ${ciphertext}`;
    });
    const again = await create('k-1');

    expect([again.status, isReplayed(again), again.body]).toEqual([201, true, older]);
  });

  it('leaves neither the secret that was answered nor the key that was sent in the table', async () => {
    const sent = 'order-of-mrs-jansen';
    const { key } = (await create(sent)).body as { key: string };
    let stored = '';
    await asTenant(async (tx) => {
      stored = JSON.stringify(await tx`select t::text as row from kept_answers t`);
    });

    expect(stored).toContain('k1');
    expect(stored).not.toContain(sent);
    expect(stored).not.toContain(key);
    expect(stored).not.toContain('Koppeling');
  });
});

/** Another caller of the same tenant, with the rights of an admin. */
async function adminKey(): Promise<Client> {
  const { body } = await mine.admin.post(path, { name: 'Sleutel', scopes: ['admin'] });
  const authorization = `Bearer ${(body as { key: string }).key}`;
  const client = api.browser();
  const send: Client['send'] = (method, address, options = {}) =>
    client.send(method, address, { ...options, headers: { ...options.headers, authorization } });
  return { ...client, send };
}
