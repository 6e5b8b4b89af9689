import type { EndpointShape } from '@koppel/contracts';
import { endpoints } from '@koppel/contracts/openapi';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestsPerMinute } from './request-limit.js';
import { password, startTestApi, type TestApi, type TestTenant } from '../testing/test-api.js';

let api: TestApi;
let tenant: TestTenant;

beforeAll(async () => {
  api = await startTestApi({ env: { INSTANCE_ID: 'test-instance' } });
  tenant = await api.tenant();
});
afterAll(() => api.close());

describe('every answer', () => {
  it('carries a request id, and takes over the caller’s when it is harmless', async () => {
    const given = await tenant.viewer.send('GET', '/v1/session', {
      headers: { 'x-request-id': 'trace-12345678' },
    });
    expect(given.headers['x-request-id']).toBe('trace-12345678');
    const forged = await tenant.viewer.send('GET', '/v1/session', {
      headers: { 'x-request-id': 'x\u001b[31m' },
    });
    expect(forged.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('forbids storing, framing and guessing', async () => {
    for (const answer of [
      await tenant.viewer.get('/v1/session'),
      await tenant.viewer.get('/v1/nothing-here'),
    ]) {
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
      });
      expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(answer.headers['strict-transport-security']).toContain('max-age=31536000');
      expect(answer.headers['x-powered-by']).toBeUndefined();
    }
  });
});

describe('problems', () => {
  it('speak Dutch, or English where that is preferred', async () => {
    const dutch = await tenant.viewer.get('/v1/nothing-here');
    expect(dutch.body).toMatchObject({ type: 'urn:problem:not-found', title: 'Niet gevonden.', status: 404 });
    const english = await tenant.viewer.send('GET', '/v1/nothing-here', {
      headers: { 'accept-language': 'nl;q=0.5, en-GB' },
    });
    expect(english.body).toMatchObject({ title: 'Not found.' });
  });

  it('point at each member of the request that does not fit', async () => {
    const answer = await api.browser().post('/v1/session', { email: 'no address', extra: 1 });
    expect(answer.status).toBe(400);
    const { errors } = answer.body as { errors: { pointer: string }[] };
    expect(errors.map((error) => error.pointer).sort()).toEqual(['/body', '/body/email', '/body/password']);
  });

  it('refuse text that the database cannot hold, in a file before its first line', async () => {
    for (const path of [
      'issues?search',
      'issues.csv?search',
      'relations?search',
      'proposals?search',
      'actions?actor',
    ]) {
      const answer = await tenant.viewer.get(`/v1/${path}=a%00b`);
      expect([path, answer.status]).toEqual([path, 400]);
    }
    const ignore = `/v1/issues/${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}/ignore`;
    const half = await tenant.reviewer.post(ignore, { reason: 'half \ud800', version: 1 });
    expect(half.body).toMatchObject({ status: 400, errors: [{ pointer: '/body/reason' }] });
  });

  it.each([
    ['actions', ['yesterday', '1']],
    ['sync-runs', ['2026-02-30T10:00:00.000Z', '1']],
    ['issues', ['perhaps', '2026-02-28T10:00:00.000Z', '1']],
    ['relations', ['a\0b', '1']],
    ['relations?sort=-updatedAt', ['De Eik', '1']],
    ['conflicts', [null, null]],
    ['proposals', ['much', '1']],
    ['proposals?order=teaching', [1.5, 0.5, '1']],
  ])('name a cursor that %s never gave an invalid request', async (list, values) => {
    const cursor = Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');

    const answer = await tenant.viewer.get(`/v1/${list}${list.includes('?') ? '&' : '?'}cursor=${cursor}`);

    expect([answer.status, answer.body]).toEqual([400, expect.objectContaining({ kind: 'invalid-request' })]);
  });

  it('name malformed JSON, prototype tricks and huge bodies an invalid request', async () => {
    const raw = (payload: string) =>
      api.app.inject({
        method: 'POST',
        url: '/v1/session',
        headers: { origin: 'http://127.0.0.1:4000', 'content-type': 'application/json' },
        payload,
      });
    const malformed = await raw('{"email":');
    expect([malformed.statusCode, malformed.json()]).toEqual([
      400,
      expect.objectContaining({ kind: 'invalid-request' }),
    ]);
    expect((await raw('{"__proto__":{"isOperator":true}}')).statusCode).toBe(400);
    const huge = await raw(JSON.stringify({ email: 'x'.repeat(1_100_000) }));
    expect([huge.statusCode, huge.json<{ kind: string }>().kind]).toEqual([413, 'invalid-request']);
  });

  it('say that the database is away, and when to come back', async () => {
    const lonely = await startTestApi();
    const { viewer } = await lonely.tenant();
    await lonely.database.close();
    const answer = await viewer.get('/v1/session');
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.body).toMatchObject({ kind: 'service-unavailable' });
    await lonely.close();
  });

  it('say that the disk is full, while reading goes on; saving works again once there is room (F25)', async () => {
    const owner = postgres(api.databaseUrl, { max: 1, onnotice: () => undefined });
    await owner.unsafe(`create function no_room() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
      create trigger no_room before insert on api_keys for each statement execute function no_room()`);
    const save = () => tenant.admin.post('/v1/api-keys', { name: 'ERP', scopes: ['viewer'] });

    const full = await save();
    expect([full.status, full.headers['retry-after']]).toEqual([503, '5']);
    expect(full.body).toMatchObject({ kind: 'storage-full' });
    expect((await tenant.admin.get('/v1/api-keys')).status).toBe(200);

    await owner.unsafe('drop function no_room cascade');
    expect((await save()).status).toBe(201);
    await owner.end();
  });
});

describe('an address', () => {
  it('names the methods that it knows to who comes with any other one', async () => {
    const unknownId = '0190ffff-0000-7000-8000-00000000dead';
    const changing = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;
    for (const path of new Set(endpoints.map((one) => one.path.replace(/:\w+/g, unknownId)))) {
      // `/connections/complete` is an address of `/connections/:id` too.
      const isThere = (one: EndpointShape) =>
        new RegExp(`^${one.path.replace(/:\w+/g, '[^/]+')}$`).test(path);
      const known: string[] = [...new Set(endpoints.filter(isThere).map(({ method }) => method))];
      const allowed = [...known, ...(known.includes('GET') ? ['HEAD'] : [])].sort().join(', ');
      for (const method of [...changing, 'GET' as const].filter((each) => !known.includes(each))) {
        const answer = await tenant.admin.send(method, path);
        expect([path, method, answer.status, answer.headers['allow']]).toEqual([path, method, 405, allowed]);
        expect(answer.body).toMatchObject({ type: 'urn:problem:method-not-allowed' });
      }
    }
    expect((await tenant.admin.put('/health/live')).headers['allow']).toBe('GET, HEAD');
    expect((await tenant.admin.post('/v1/nothing-here', {})).status).toBe(404);
  });

  it('answers 304 to who has this version already, and the new version when something changed', async () => {
    const first = await tenant.viewer.get('/v1/session');
    const ask = () =>
      tenant.viewer.send('GET', '/v1/session', {
        headers: { 'if-none-match': `"another", ${String(first.headers['etag'])}` },
      });
    const same = await ask();
    await tenant.viewer.put('/v1/session/locale', { locale: 'en' });
    const changed = await ask();

    expect(first.headers['etag']).toMatch(/^"[\w-]{43}"$/);
    expect([same.status, same.body, same.headers['etag']]).toEqual([304, '', first.headers['etag']]);
    expect([changed.status, changed.body]).toMatchObject([200, { user: { locale: 'en' } }]);
    await tenant.viewer.put('/v1/session/locale', { locale: 'nl' });
  });
});

describe('cross-site requests', () => {
  const headers = (over: Record<string, string>) => ({ cookie: tenant.admin.cookie(), ...over });
  const send = (over: Record<string, string>, payload?: string) =>
    api.app.inject({
      method: 'PUT',
      url: '/v1/session/locale',
      headers: headers(over),
      ...(payload === undefined ? {} : { payload }),
    });
  const json = { 'content-type': 'application/json' };
  const own = { origin: 'http://127.0.0.1:4000' };

  it('are refused without our origin or without JSON', async () => {
    const body = '{"locale":"en"}';
    const refused = [
      await send(json, body),
      await send({ ...json, origin: 'https://evil.example' }, body),
      await send({ ...json, origin: 'null' }, body),
      await send({ ...json, origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }, body),
      await send({ ...own, 'content-type': 'text/plain' }, body),
      await send({ ...own, 'content-type': 'application/x-www-form-urlencoded' }, 'locale=en'),
    ];
    expect(refused.map((answer) => answer.statusCode)).toEqual(refused.map(() => 403));
    expect(refused[0]?.json()).toMatchObject({ kind: 'foreign-origin' });
    expect((await send({ ...own, ...json }, body)).statusCode).toBe(200);
  });

  it('cannot sign anybody in either', async () => {
    const answer = await api.app.inject({
      method: 'POST',
      url: '/v1/session',
      headers: { origin: 'https://evil.example' },
      payload: { email: tenant.emails.admin, password },
    });
    expect(answer.statusCode).toBe(403);
  });
});

describe('asking too much', () => {
  it('is refused with the moment to come back, for that caller only, and never for health checks', async () => {
    const ask = (url: string, authorization: string) => api.app.inject({ url, headers: { authorization } });
    const answers = [];
    for (let count = 0; count <= requestsPerMinute; count += 1)
      answers.push(await ask('/v1/session', 'Bearer greedy'));

    const last = answers.at(-1);
    expect(answers.filter((one) => one.statusCode === 401)).toHaveLength(requestsPerMinute);
    expect([last?.statusCode, last?.json()]).toEqual([
      429,
      expect.objectContaining({ kind: 'too-many-requests' }),
    ]);
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask('/v1/session', 'Bearer modest')).headers['ratelimit-remaining']).toBe(
      `${requestsPerMinute - 1}`,
    );
    expect((await ask('/health/live', 'Bearer greedy')).statusCode).toBe(200);
  });
});

describe('health', () => {
  it('is alive without a database, ready only with one that is migrated, and says which instance it is', async () => {
    const lonely = await startTestApi({ env: { INSTANCE_ID: 'lonely' } });
    const browser = lonely.browser();
    expect((await browser.get('/health/ready')).body).toEqual({ status: 'ready' });
    await lonely.database.close();
    const live = await browser.get('/health/live');
    const ready = await browser.get('/health/ready');
    expect([live.status, live.headers['x-koppel-instance']]).toEqual([200, 'lonely']);
    expect([ready.status, ready.body]).toEqual([503, { status: 'unreachable' }]);
    await lonely.close();
  });
});
