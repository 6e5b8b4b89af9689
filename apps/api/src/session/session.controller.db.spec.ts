import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, startTestApi, type TestApi, type TestTenant } from '../testing/test-api.js';

let api: TestApi;
let tenant: TestTenant;

beforeAll(async () => {
  api = await startTestApi();
  tenant = await api.tenant();
});
afterAll(() => api.close());

describe('signing in', () => {
  it('answers who is signed in, in which organisation, and sets a cookie that scripts cannot read', async () => {
    const browser = api.browser();
    const answer = await browser.post('/v1/session', {
      email: tenant.emails.reviewer.toUpperCase(),
      password,
    });

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      currentTenantId: tenant.id,
      tenants: [{ id: tenant.id, role: 'reviewer' }],
    });
    expect(answer.headers['set-cookie']).toMatch(/^koppel=.*; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await browser.get('/v1/session')).status).toBe(200);
  });

  it('refuses a wrong password and an unknown address with the same words', async () => {
    const wrong = await api.browser().post('/v1/session', { email: tenant.emails.admin, password: 'wrong' });
    const unknown = await api.browser().post('/v1/session', { email: 'nobody@example.test', password });

    expect(wrong.status).toBe(401);
    expect(wrong.headers['content-type']).toBe('application/problem+json');
    expect(wrong.body).toMatchObject({ type: 'urn:problem:wrong-credentials', kind: 'wrong-credentials' });
    const { instance: one, ...wrongBody } = wrong.body as Record<string, unknown>;
    const { instance: other, ...unknownBody } = unknown.body as Record<string, unknown>;
    expect(unknownBody).toEqual(wrongBody);
    expect(one).not.toBe(other);
  });

  it('gives the browser another session id than the one it came with', async () => {
    const browser = api.browser();
    await browser.post('/v1/session', { email: tenant.emails.viewer, password });
    const before = browser.cookie();
    await browser.post('/v1/session', { email: tenant.emails.viewer, password });

    expect(browser.cookie()).not.toBe(before);
    const stale = await api.browser().send('GET', '/v1/session', { headers: { cookie: before } });
    expect(stale.status).toBe(401);
  });

  it('asks for patience at the eleventh attempt, without locking the victim out elsewhere', async () => {
    const email = tenant.emails.reviewer;
    const statuses: number[] = [];
    for (let count = 0; count < 11; count += 1) {
      statuses.push((await api.browser().post('/v1/session', { email, password: 'guess' })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);

    const elsewhere = await api.app.inject({
      method: 'POST',
      url: '/v1/session',
      headers: { origin: 'http://127.0.0.1:4000' },
      payload: { email, password },
      remoteAddress: '192.0.2.7',
    });
    expect(elsewhere.statusCode).toBe(200);
  });
});

describe('a session', () => {
  it('ends at sign-out: the old cookie is refused from then on', async () => {
    const browser = await api.signIn(tenant.emails.viewer);
    const cookie = browser.cookie();
    expect((await browser.delete('/v1/session')).status).toBe(204);
    const replay = await api.browser().send('GET', '/v1/session', { headers: { cookie } });
    expect(replay.status).toBe(401);
    expect(replay.body).toMatchObject({ kind: 'not-signed-in' });
  });

  it('remembers the language', async () => {
    const browser = await api.signIn(tenant.emails.admin);
    const answer = await browser.put('/v1/session/locale', { locale: 'en' });
    expect(answer.body).toMatchObject({ user: { locale: 'en' } });
    expect((await browser.get('/v1/session')).body).toMatchObject({ user: { locale: 'en' } });
  });

  it('cannot choose an organisation that the user does not work for', async () => {
    const other = await api.tenant();
    const browser = await api.signIn(tenant.emails.admin);
    const answer = await browser.put('/v1/session/tenant', { tenantId: other.id });
    expect(answer.status).toBe(403);
    expect((await browser.put('/v1/session/tenant', { tenantId: tenant.id })).status).toBe(200);
  });

  it('ends after 8 hours without use and after 24 hours anyway', async () => {
    let now = Date.UTC(2026, 10, 25, 8);
    const clocked = await startTestApi({ chance: { ...api.chance, now: () => new Date(now) } });
    try {
      const { emails } = await clocked.tenant();
      const hour = 3_600_000;
      const idle = await clocked.signIn(emails.admin);
      const busy = await clocked.signIn(emails.admin);
      const statuses: number[] = [];
      for (let count = 0; count < 4; count += 1) {
        now += 7 * hour;
        statuses.push((await busy.get('/v1/session')).status);
      }
      expect(statuses).toEqual([200, 200, 200, 401]);
      expect((await idle.get('/v1/session')).status).toBe(401);
    } finally {
      await clocked.close();
    }
  });
});
