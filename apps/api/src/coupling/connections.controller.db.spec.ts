import { createHash } from 'node:crypto';
import { inTenant } from '@koppel/persistence';
import { sql, type SQL } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type Client, type TestApi, type TestTenant } from '../testing/test-api.js';
import { startTokenEndpoint, type TokenEndpoint } from '../testing/token-endpoint.js';

let api: TestApi;
let exact: TokenEndpoint;
let belgium: TokenEndpoint;
let now = Date.UTC(2026, 10, 25, 9);
const stranger = {
  UserID: '0190aaaa-0000-7000-8000-000000000009',
  UserName: 'x',
  FullName: 'Somebody',
  Email: null,
  LanguageCode: null,
  DivisionCustomerCode: null,
  DivisionCustomerName: null,
  PackageCode: null,
  ServerUtcOffset: null,
};

beforeAll(async () => {
  [exact, belgium] = [await startTokenEndpoint(), await startTokenEndpoint()];
  const real = await import('../deps.js');
  api = await startTestApi({
    env: {
      EXACT_BASE_URL_NL: exact.url,
      EXACT_BASE_URL_BE: belgium.url,
      PUBLIC_URL: 'http://127.0.0.1:4000',
    },
    chance: { ...real.systemChance, now: () => new Date(now) },
  });
});
afterAll(async () => {
  await api.close();
  await exact.close();
  await belgium.close();
});

async function begin(client: Client, region = 'nl'): Promise<string> {
  const answer = await client.post('/v1/coupling/connections', { region });
  expect(answer.status).toBe(201);
  const url = new URL((answer.body as { authorisationUrl: string }).authorisationUrl);
  return url.searchParams.get('state') ?? '';
}

const complete = (client: Client, body: object) => client.post('/v1/coupling/connections/complete', body);
const kindOf = (answer: { body: unknown }) => (answer.body as { kind?: string }).kind;
const stepOf = async (tenant: TestTenant) =>
  ((await tenant.admin.get('/v1/coupling')).body as { step: string }).step;

describe('connecting with Exact Online', () => {
  it('sends the browser to the consent page of the chosen country with a state that cannot be guessed', async () => {
    const tenant = await api.tenant();
    const answer = await tenant.admin.post('/v1/coupling/connections', { region: 'be', forceLogin: true });

    const url = new URL((answer.body as { authorisationUrl: string }).authorisationUrl);
    expect(url.origin).toBe(belgium.url);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'test-client',
      redirect_uri: 'http://127.0.0.1:4000/oauth/callback',
      response_type: 'code',
      force_login: '1',
    });
    expect(Buffer.from(url.searchParams.get('state') ?? '', 'base64url')).toHaveLength(32);
  });

  it('E15: exchanges the code once, as it was meant, stores sealed tokens and goes on to selecting', async () => {
    const tenant = await api.tenant();
    const state = await begin(tenant.admin);
    const before = exact.calls.length;

    const answer = await complete(tenant.admin, { state, code: 'stampNL.ab+cd/ef=' });

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ region: 'nl', state: 'active', authorisedByName: 'admin' });
    expect(exact.calls.slice(before)).toEqual([
      expect.objectContaining({ grant_type: 'authorization_code', code: 'stampNL.ab+cd/ef=' }),
    ]);
    expect(await stepOf(tenant)).toBe('select');
    expect((await tenant.viewer.get('/v1/administrations')).body).toEqual({
      items: [],
      isListing: true,
      listedAt: null,
    });

    const all = postgres(api.databaseUrl, { max: 1 });
    const rows = await all`select * from connections where tenant_id = ${tenant.id}`;
    const sent = await all`select message from outbox where tenant_id = ${tenant.id}`;
    await all.end();
    expect(JSON.stringify(rows)).not.toMatch(/"[AR]T\d+"/);
    expect(rows[0]?.['refresh_token_ciphertext']).toBeTruthy();
    expect(sent.map((row) => (row['message'] as { kind: string }).kind)).toEqual(['list-divisions']);
  });

  it('E15: a reloaded callback page is told the same, without a second exchange', async () => {
    const tenant = await api.tenant();
    const state = await begin(tenant.admin);
    const before = exact.calls.length;

    const [first, second] = await Promise.all([
      complete(tenant.admin, { state, code: 'c1' }),
      complete(tenant.admin, { state, code: 'c1' }),
    ]);
    const third = await complete(tenant.admin, { state, code: 'c1' });

    expect([first.status, second.status, third.status]).toEqual([200, 200, 200]);
    expect(new Set([first, second, third].map((one) => (one.body as { id: string }).id)).size).toBe(1);
    expect(exact.calls.length - before).toBe(1);
  });

  it('E15: refuses a state of another tenant, of another session and an unknown one, and asks Exact nothing', async () => {
    const [tenant, other] = [await api.tenant(), await api.tenant()];
    const state = await begin(tenant.admin);
    const sameUserElsewhere = await api.signIn(tenant.emails.admin);
    const before = exact.calls.length;

    for (const answer of [
      await complete(other.admin, { state, code: 'c' }),
      await complete(sameUserElsewhere, { state, code: 'c' }),
      await complete(tenant.admin, { state: 'x'.repeat(43), code: 'c' }),
    ]) {
      expect([answer.status, kindOf(answer)]).toEqual([400, 'authorisation-unknown']);
    }

    expect(exact.calls.length).toBe(before);
    expect(await stepOf(tenant)).toBe('connect');
    expect(await stepOf(other)).toBe('connect');
  });

  it('E15: a denial, a late state and a late code lead back with a reason, also when the page is reloaded', async () => {
    const tenant = await api.tenant();
    const denied = await begin(tenant.admin);
    for (let count = 0; count < 2; count += 1) {
      const answer = await complete(tenant.admin, { state: denied, error: 'access_denied' });
      expect(answer.body).toMatchObject({ kind: 'authorisation-refused', reason: 'access_denied' });
    }

    const lateState = await begin(tenant.admin);
    now += 11 * 60_000;
    expect(kindOf(await complete(tenant.admin, { state: lateState, code: 'c' }))).toBe(
      'authorisation-expired',
    );

    const lateCode = await begin(tenant.admin);
    exact.answer = { status: 400, body: '{"error":"invalid_grant"}' };
    expect(kindOf(await complete(tenant.admin, { state: lateCode, code: 'c' }))).toBe(
      'authorisation-expired',
    );
    exact.answer = undefined;
    expect(kindOf(await complete(tenant.admin, { state: lateCode, code: 'c' }))).toBe(
      'authorisation-expired',
    );
    expect(await stepOf(tenant)).toBe('connect');
  });

  it('says so when Exact cannot be reached, and the next attempt works', async () => {
    const tenant = await api.tenant();
    exact.answer = { status: 503, body: '<html>maintenance</html>' };
    const answer = await complete(tenant.admin, { state: await begin(tenant.admin), code: 'c' });
    exact.answer = undefined;

    expect(answer.body).toMatchObject({ kind: 'authorisation-refused', reason: 'exact-unavailable' });
    expect((await complete(tenant.admin, { state: await begin(tenant.admin), code: 'c' })).status).toBe(200);
  });

  it('E15: goes to the token endpoint of the country that was begun', async () => {
    const tenant = await api.tenant();
    const before = [exact.calls.length, belgium.calls.length];
    await complete(tenant.admin, { state: await begin(tenant.admin, 'be'), code: 'c' });
    expect([exact.calls.length, belgium.calls.length]).toEqual([before[0], (before[1] ?? 0) + 1]);
  });

  it('E03: disconnecting destroys the tokens; reconnecting keeps the connection’s id and the step', async () => {
    const tenant = await api.tenant();
    const first = (await complete(tenant.admin, { state: await begin(tenant.admin), code: 'c' })).body as {
      id: string;
    };
    expect((await tenant.admin.delete(`/v1/coupling/connections/${first.id}`)).status).toBe(204);
    const tokens = await inTenant(api.database, tenant.id, (tx) =>
      tx.execute(
        'select access_token_ciphertext, refresh_token_ciphertext, refresh_token_hash from connections',
      ),
    );
    expect(Object.values(tokens[0] ?? {})).toEqual([null, null, null]);
    expect(kindOf(await tenant.admin.post('/v1/administrations/refresh'))).toBe('connection-broken');

    const again = await complete(tenant.admin, { state: await begin(tenant.admin), code: 'c' });

    expect(again.body).toMatchObject({ id: first.id, state: 'active' });
    expect(await stepOf(tenant)).toBe('select');
    expect((await tenant.admin.post('/v1/administrations/refresh')).status).toBe(202);
  });

  it('E15, F81: refuses another Exact user who reaches none of the coupled administrations; the connection stays as it was', async () => {
    const tenant = await api.tenant();
    await complete(tenant.admin, { state: await begin(tenant.admin), code: 'c' });
    const inDatabase = (statement: SQL) =>
      inTenant(api.database, tenant.id, async (tx) => [...(await tx.execute(statement))]);
    await inDatabase(sql`update connections set exact_user_id = '0190aaaa-0000-7000-8000-000000000001'`);
    await inDatabase(sql`insert into administrations (id, tenant_id, connection_id, region, division, name, state, write_policy, position, listed_at)
      select gen_random_uuid(), tenant_id, id, 'nl', 900001, 'Bouw', 'active', '{}', 0, now() from connections`);
    const before = await inDatabase(sql`select * from connections`);
    exact.pages = {
      '/current/Me': { results: [{ ...stranger, CurrentDivision: 800_001, AccountingDivision: null }] },
      '/800001/system/Divisions': { results: [] },
    };

    const state = await begin(tenant.admin);
    for (let count = 0; count < 2; count += 1) {
      const answer = await complete(tenant.admin, { state, code: 'other' });
      expect([answer.status, kindOf(answer)]).toEqual([409, 'exact-user-differs']);
    }
    exact.pages = {};

    expect(await inDatabase(sql`select * from connections`)).toEqual(before);
  });

  it('E15: refuses an Exact user who carries another organisation’s connection, says nothing of it, and keeps that one alive', async () => {
    const [first, second] = [await api.tenant(), await api.tenant()];
    exact.pages = {
      '/current/Me': { results: [{ ...stranger, CurrentDivision: 800_001, AccountingDivision: null }] },
    };
    await complete(first.admin, { state: await begin(first.admin), code: 'c' });
    const rowsOf = (tenant: TestTenant) =>
      inTenant(api.database, tenant.id, async (tx) => [
        ...(await tx.execute<{ id: string; refresh_token_hash: string }>(sql`select * from connections`)),
      ]);
    const [before] = await rowsOf(first);
    now += 1_000;

    const state = await begin(second.admin);
    const answers = [
      await complete(second.admin, { state, code: 'd' }),
      await complete(second.admin, { state, code: 'd' }),
    ];
    exact.pages = {};

    const newest = createHash('sha256').update(`RT${exact.calls.length}`).digest('hex');
    for (const answer of answers) {
      expect([answer.status, kindOf(answer)]).toEqual([409, 'exact-user-elsewhere']);
      expect(JSON.stringify(answer.body)).not.toMatch(
        new RegExp(`${first.id}|${before?.id}|${stranger.UserID}`),
      );
    }
    expect(await rowsOf(second)).toEqual([]);
    expect(await stepOf(second)).toBe('connect');
    expect(before?.refresh_token_hash).not.toBe(newest);
    expect(await rowsOf(first)).toMatchObject([
      { id: before?.id, state: 'active', refresh_token_hash: newest },
    ]);
  });

  it('refuses a country without an app', async () => {
    const tenant = await api.tenant();
    const answer = await tenant.admin.post('/v1/coupling/connections', { region: 'de' });
    expect([answer.status, kindOf(answer)]).toEqual([422, 'region-not-configured']);
  });
});
