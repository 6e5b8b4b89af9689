import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemChance } from '../deps.js';
import { startTestApi, type TestApi, type TestTenant } from '../testing/test-api.js';

let api: TestApi;
let tenant: TestTenant;
let now = Date.UTC(2026, 10, 25, 9);
beforeAll(async () => {
  api = await startTestApi({ chance: { ...systemChance, now: () => new Date(now) } });
  tenant = await api.tenant();
});
afterAll(() => api.close());

interface Made {
  readonly apiKey: { readonly id: string; readonly prefix: string };
  readonly key: string;
}

async function makeKey(body: object): Promise<Made> {
  const answer = await tenant.admin.post('/v1/api-keys', body);
  expect(answer.status).toBe(201);
  return answer.body as Made;
}

const withKey = (key: string) => ({
  get: (path: string) => api.app.inject({ url: path, headers: { authorization: `Bearer ${key}` } }),
  post: (path: string, payload: object) =>
    api.app.inject({ method: 'POST', url: path, headers: { authorization: `Bearer ${key}` }, payload }),
});

describe('API keys', () => {
  it('show the key once, keep its hash, and let an integrator in without a cookie', async () => {
    const { key, apiKey } = await makeKey({ name: 'ERP', scopes: ['viewer'] });

    expect(key).toMatch(/^kpl_live_[\w-]{43}$/);
    expect((await withKey(key).get('/v1/coupling')).statusCode).toBe(200);
    const list = (await tenant.admin.get('/v1/api-keys')).body as { items: object[] };
    expect(list.items).toContainEqual(
      expect.objectContaining({ id: apiKey.id, name: 'ERP', lastUsedAt: new Date(now).toISOString() }),
    );
    expect(JSON.stringify(list)).not.toContain(key);
  });

  it('may do what their scopes say and no more, and never manage the session', async () => {
    const viewer = withKey((await makeKey({ name: 'reader', scopes: ['viewer'] })).key);
    const admin = withKey((await makeKey({ name: 'robot', scopes: ['viewer', 'admin'] })).key);
    expect((await viewer.post('/v1/administrations/refresh', {})).statusCode).toBe(403);
    expect((await admin.post('/v1/administrations/refresh', {})).statusCode).toBe(409);
    expect((await admin.get('/v1/session')).statusCode).toBe(403);
    expect((await admin.get('/v1/operator/tenants')).statusCode).toBe(403);
  });

  it('end when they are revoked and when they expire', async () => {
    const revoked = await makeKey({ name: 'old', scopes: ['viewer'] });
    expect((await tenant.admin.delete(`/v1/api-keys/${revoked.apiKey.id}`)).status).toBe(204);
    expect((await withKey(revoked.key).get('/v1/coupling')).statusCode).toBe(401);

    const brief = await makeKey({
      name: 'brief',
      scopes: ['viewer'],
      expiresAt: new Date(now + 60_000).toISOString(),
    });
    expect((await withKey(brief.key).get('/v1/coupling')).statusCode).toBe(200);
    now += 60_000;
    expect((await withKey(brief.key).get('/v1/coupling')).statusCode).toBe(401);
  });

  it('are not guessed from a cookie: a wrong key beside a good session is refused', async () => {
    const answer = await tenant.admin.send('GET', '/v1/coupling', {
      headers: { authorization: 'Bearer nonsense' },
    });
    expect(answer.status).toBe(401);
  });

  it('of another tenant are not found', async () => {
    const { apiKey } = await makeKey({ name: 'mine', scopes: ['viewer'] });
    const other = await api.tenant();
    expect((await other.admin.delete(`/v1/api-keys/${apiKey.id}`)).status).toBe(404);
    expect((await other.admin.get('/v1/api-keys')).body).toEqual({ items: [] });
  });
});
