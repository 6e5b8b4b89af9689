import { describe, expect, it } from 'vitest';
import { ExactError } from '../errors.js';
import { aClock } from '../testing/a-clock.js';
import { aGrant, anOAuthError } from '../testing/a-token-endpoint.js';
import { aScript, anAnswer } from '../testing/answers.js';
import { authorisationUrl, exchangeCode } from './authorise.js';
import { regionBaseUrl, REGIONS } from './regions.js';

function anExchange(transport = aScript(aGrant('AT1', 'RT1')), code = 'code') {
  const { now } = aClock();
  const redirectUri = 'https://koppel.example/exact/callback';
  return {
    transport,
    baseUrl: regionBaseUrl('nl'),
    clientId: 'id',
    clientSecret: 'geheim',
    redirectUri,
    code,
    now,
  };
}

describe('authorisationUrl', () => {
  it('asks for a code at the region of the tenant, with state and forced login', () => {
    const url = new URL(
      authorisationUrl({
        baseUrl: regionBaseUrl('be'),
        clientId: 'id',
        redirectUri: 'https://koppel.example/cb?x=1',
        state: 'S1+/=',
        forceLogin: true,
      }),
    );

    expect(url.origin + url.pathname).toBe('https://start.exactonline.be/api/oauth2/auth');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'id',
      redirect_uri: 'https://koppel.example/cb?x=1',
      response_type: 'code',
      state: 'S1+/=',
      force_login: '1',
    });
  });

  it('E15 every region has a host of its own', () => {
    const hosts = REGIONS.map((region) => new URL(regionBaseUrl(region)).host);

    expect(new Set(hosts).size).toBe(REGIONS.length);
    expect(hosts.every((host) => host.startsWith('start.exactonline.'))).toBe(true);
  });
});

describe('exchangeCode', () => {
  it('E15 sends the decoded code once, form-encoded', async () => {
    const callback = new URL('https://koppel.example/exact/callback?code=stampNL.ab%2Bcd%2Fef%3D&state=S1');
    const transport = aScript(aGrant('AT1', 'RT1'));

    await exchangeCode(anExchange(transport, callback.searchParams.get('code') ?? ''));

    expect(transport.requests).toHaveLength(1);
    expect(transport.requests[0]?.body).toContain('code=stampNL.ab%2Bcd%2Fef%3D&');
    expect(new URLSearchParams(transport.requests[0]?.body).get('code')).toBe('stampNL.ab+cd/ef=');
  });

  it.each(['600', 600])('gives both tokens and when the first dies, for expires_in %j', async (expiresIn) => {
    const body = { access_token: 'A', refresh_token: 'R', expires_in: expiresIn, token_type: 'Bearer' };
    const pair = await exchangeCode(anExchange(aScript(anAnswer({ body }))));

    expect(pair).toMatchObject({ accessToken: 'A', refreshToken: 'R' });
    expect(pair.accessExpiresAt.getTime() - pair.accessIssuedAt.getTime()).toBe(600_000);
  });

  it.each([
    ['late or used code', anOAuthError(400, 'invalid_request', ''), 'code-refused'],
    ['foreign client', anOAuthError(401, 'invalid_client', ''), 'code-refused'],
    ['HTML with 200', anAnswer({ body: '<html>', headers: { 'content-type': 'text/html' } }), 'code-refused'],
    ['maintenance', anAnswer({ status: 503, body: '<html>' }), 'unavailable'],
    ['day limit of tokens', anAnswer({ status: 429 }), 'rate-limited'],
  ])('E15 names the failure: %s', async (_name, answer, kind) => {
    const error = await exchangeCode(anExchange(aScript(answer))).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(ExactError);
    expect((error as ExactError).kind).toBe(kind);
  });
});
