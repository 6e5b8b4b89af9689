import { afterEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../start-sandbox.js';
import { authorise, authoriseUrl, call, postToken, REDIRECT } from '../testing/connected-app.js';
import { DEMO_CLIENT } from './clients.js';
import { consentByForms } from './consent-by-forms.js';

const STARTS_AT = '2026-03-02T09:00:00Z';
const SECOND = 1_000;
const DAY = 86_400 * SECOND;
const ANNA = { username: 'anna@bouwgroep-demo.nl', password: 'demo' };

let sandbox: Sandbox;
const start = async (switches = {}): Promise<Sandbox> => {
  sandbox = await startSandbox({ clock: { startsAt: STARTS_AT }, world: { relations: 20 }, switches });
  return sandbox;
};
const refresh = (token: string): Promise<Response> =>
  postToken(sandbox, { grant_type: 'refresh_token', refresh_token: token });
const codeFrom = (back: string): string => new URL(back).searchParams.get('code') ?? '';
const exchange = (code: string, redirect = REDIRECT): Promise<Response> =>
  postToken(sandbox, { grant_type: 'authorization_code', code, redirect_uri: redirect });

afterEach(async () => sandbox.stop());

describe('consent', () => {
  it('returns a code that must be decoded, and echoes the state (E15)', async () => {
    await start();

    const back = await consentByForms({ authoriseUrl: authoriseUrl(sandbox), ...ANNA });

    const [, raw = ''] = /code=([^&]+)/.exec(back) ?? [];
    expect(raw).toMatch(/^stampNL\..*%2B.*%2F.*%3D$/);
    expect(new URL(back).searchParams.get('state')).toBe('S1');
    expect((await exchange(raw)).status).toBe(400);
  });

  it('returns access_denied when the user refuses (E15)', async () => {
    await start();

    const back = await consentByForms({ authoriseUrl: authoriseUrl(sandbox), ...ANNA, decision: 'deny' });

    expect(new URL(back).searchParams.get('error')).toBe('access_denied');
    expect(new URL(back).searchParams.has('code')).toBe(false);
  });

  it('refuses a wrong password and shows the login form again', async () => {
    await start();
    const page = await (await fetch(authoriseUrl(sandbox))).text();
    const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? '';

    const body = new URLSearchParams({ request, username: ANNA.username, password: 'wrong' });
    const answer = await fetch(`${sandbox.url}/login`, { method: 'POST', body });

    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain('onjuist');
  });

  it('refuses an unknown app, and a redirect address that is not registered', async () => {
    const strict = {
      clientId: 'strict',
      clientSecret: 's',
      webhookSecret: 'w',
      redirectUris: ['https://erp.example/cb'],
    };
    sandbox = await startSandbox({ world: { relations: 20 }, clients: [strict] });
    const at = (client: string, redirect: string): Promise<Response> =>
      fetch(`${sandbox.url}/api/oauth2/auth?client_id=${client}&redirect_uri=${redirect}&response_type=code`);

    expect((await at('nobody', 'https://erp.example/cb')).status).toBe(400);
    expect((await at('strict', 'https://evil.example/cb')).status).toBe(400);
    expect((await at('strict', 'https://erp.example/cb')).status).toBe(200);
  });

  it('offers exactly the divisions that the user may open', async () => {
    await start();
    const accountant = await authorise(sandbox, { username: 'accountant@demo.nl' });
    const all = await call(sandbox, accountant.access_token, '3412001/system/Divisions?$select=Code');
    const anna = await authorise(sandbox);

    const hers = await call(sandbox, anna.access_token, '3412001/system/Divisions?$select=Code');

    expect(hers.rows.map((row) => row.Code)).toEqual([3412001, 3412002, 3412003, 10000017]);
    expect(all.rows.map((row) => row.Code)).toContain(3412090);
  });

  it('keeps an app out of divisions that were not ticked (E06)', async () => {
    await start();
    const tokens = await authorise(sandbox, { divisions: [3412002] });

    const outside = await call(sandbox, tokens.access_token, "3412001/crm/Accounts?$filter=Code eq '1'");
    const listed = await call(sandbox, tokens.access_token, '3412002/system/Divisions?$select=Code');

    expect(outside.status).toBe(403);
    expect(outside.text).toContain('User division is not within division scope');
    expect(listed.rows.map((row) => row.Code)).toEqual([3412002]);
  });
});

describe('authorisation codes', () => {
  it('work once', async () => {
    await start();
    const code = codeFrom(await consentByForms({ authoriseUrl: authoriseUrl(sandbox), ...ANNA }));

    expect((await exchange(code)).status).toBe(200);
    const again = await exchange(code);

    expect(again.status).toBe(400);
    expect(await again.json()).toEqual({ error: 'invalid_request' });
  });

  it('live three minutes (E15)', async () => {
    await start();
    const code = codeFrom(await consentByForms({ authoriseUrl: authoriseUrl(sandbox), ...ANNA }));
    await sandbox.clock.advance(180 * SECOND);

    expect((await exchange(code)).status).toBe(400);
  });

  it('are bound to their redirect address and to the right secret', async () => {
    await start();
    const code = codeFrom(await consentByForms({ authoriseUrl: authoriseUrl(sandbox), ...ANNA }));
    const wrongSecret = await postToken(sandbox, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT,
      client_id: DEMO_CLIENT.clientId,
      client_secret: 'wrong',
    });

    expect(wrongSecret.status).toBe(400);
    expect((await exchange(code, 'http://127.0.0.1:9/other')).status).toBe(400);
  });
});

describe('refresh tokens', () => {
  it('rotate after 570 seconds; expires_in is text', async () => {
    await start();
    const first = await authorise(sandbox);
    await sandbox.clock.advance(570 * SECOND);

    const answer = await refresh(first.refresh_token);

    expect(answer.status).toBe(200);
    const second = (await answer.json()) as Record<string, unknown>;
    expect(second.expires_in).toBe('600');
    expect(second.refresh_token).not.toBe(first.refresh_token);
  });

  it('are refused before 570 seconds with a Reason, and survive that (E02)', async () => {
    await start();
    const { refresh_token: token } = await authorise(sandbox);
    await sandbox.clock.advance(569 * SECOND);

    const early = await refresh(token);

    expect(early.status).toBe(400);
    expect(early.headers.get('reason')).toBe(
      'TooEarlyToRefreshTokens: Rate limit exceeded: access_token not expired',
    );
    expect(await early.json()).toMatchObject({ error: 'access_denied' });
    await sandbox.clock.advance(SECOND);
    expect((await refresh(token)).status).toBe(200);
    expect(sandbox.journal.counters().tooEarlyRefreshes).toBe(1);
  });

  it('are dead after their first use (E01)', async () => {
    await start();
    const { refresh_token: token } = await authorise(sandbox);
    await sandbox.clock.advance(580 * SECOND);
    await refresh(token);

    const again = await refresh(token);

    expect(again.status).toBe(401);
    expect(await again.json()).toEqual({
      error: 'unauthorized_client',
      error_description: 'Old refresh token used.',
    });
    expect(sandbox.journal.counters().secondRefreshTokenUses).toBe(1);
  });

  it('answer a second use with 400 when the switch says so', async () => {
    await start({ oldRefreshStatus: 400 });
    const { refresh_token: token } = await authorise(sandbox);
    await sandbox.clock.advance(580 * SECOND);
    await refresh(token);

    expect((await refresh(token)).status).toBe(400);
  });

  it('expire after thirty days (E03)', async () => {
    await start();
    const { refresh_token: token } = await authorise(sandbox);
    await sandbox.clock.advance(30 * DAY + SECOND);

    const answer = await refresh(token);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      error: 'invalid_request',
      error_description:
        'The refresh token expired at 4/1/2026 9:00:00 AM and it is now 4/1/2026 9:00:01 AM.',
    });
  });

  it('become old when the same user authorises the same app again; the old access token lives on', async () => {
    await start();
    const first = await authorise(sandbox);
    await authorise(sandbox);
    await sandbox.clock.advance(580 * SECOND);

    expect((await call(sandbox, first.access_token, 'current/Me')).status).toBe(200);
    expect((await refresh(first.refresh_token)).status).toBe(401);
  });

  it('are limited to 200 token calls a day', async () => {
    await start({ tokenDayLimit: 2 });
    let { refresh_token: token } = await authorise(sandbox);
    await sandbox.clock.advance(571 * SECOND);
    ({ refresh_token: token } = (await (await refresh(token)).json()) as { refresh_token: string });
    await sandbox.clock.advance(571 * SECOND);

    expect((await refresh(token)).status).toBe(429);
  });

  it('die with the session of a user that is revoked', async () => {
    await start();
    const tokens = await authorise(sandbox);
    sandbox.faults.plant({ kind: 'token-revoked', user: 'anna@bouwgroep-demo.nl' });
    await sandbox.clock.advance(580 * SECOND);

    const answer = await refresh(tokens.refresh_token);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: 'invalid_grant' });
    expect((await call(sandbox, tokens.access_token, 'current/Me')).status).toBe(401);
  });
});

describe('access tokens', () => {
  it('end after 600 seconds with an empty 401', async () => {
    await start();
    const { access_token: token } = await authorise(sandbox);
    await sandbox.clock.advance(599 * SECOND);
    const before = await call(sandbox, token, 'current/Me');
    await sandbox.clock.advance(SECOND);

    const after = await call(sandbox, token, 'current/Me');

    expect([before.status, after.status, after.text]).toEqual([200, 401, '']);
  });

  it('when unknown get the login page as HTML with status 401', async () => {
    await start();

    const answer = await call(sandbox, 'nonsense', 'current/Me');

    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toContain('text/html');
  });
});
