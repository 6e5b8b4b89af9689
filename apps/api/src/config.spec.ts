import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.js';

const good = {
  DATABASE_URL: 'postgres://user:hunter2@127.0.0.1/koppel',
  SESSION_SECRET: 'a secret of at least 32 characters',
  ENCRYPTION_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString('base64') }),
  ENCRYPTION_KEY_ID: 'k1',
  EXACT_CLIENT_ID: 'client',
  EXACT_CLIENT_SECRET: 'client secret',
};

function variablesOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.variables;
    throw error;
  }
}

describe('the configuration', () => {
  it('fills in what may be left out', () => {
    const config = readConfig({ ...good, API_PORT: '4100', EXACT_BASE_URL_NL: 'http://127.0.0.1:9/' });
    expect(config).toMatchObject({
      port: 4100,
      host: '127.0.0.1',
      trustedProxies: ['loopback'],
      publicUrl: 'http://127.0.0.1:4100',
      seed: 'none',
      exact: { redirectUri: 'http://127.0.0.1:4100/oauth/callback', baseUrls: { nl: 'http://127.0.0.1:9' } },
    });
  });

  it.each([
    [{ DATABASE_URL: undefined }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    [{ SESSION_SECRET: 'short' }, 'SESSION_SECRET'],
    [{ ENCRYPTION_KEYS: 'no json' }, 'ENCRYPTION_KEYS'],
    [{ ENCRYPTION_KEYS: '{"k1":"AAAA"}' }, 'ENCRYPTION_KEYS'],
    [{ ENCRYPTION_KEY_ID: 'k2' }, 'ENCRYPTION_KEY_ID'],
    [{ EXACT_CLIENT_SECRET: '' }, 'EXACT_CLIENT_SECRET'],
    [{ API_PORT: 'eighty' }, 'API_PORT'],
    [{ API_HOST: 'everywhere' }, 'API_HOST'],
    [{ TRUSTED_PROXIES: '10.0.0.0/8, anybody' }, 'TRUSTED_PROXIES'],
    [{ EXACT_REGION: 'atlantis' }, 'EXACT_REGION'],
    [{ PUBLIC_URL: 'javascript:alert(1)' }, 'PUBLIC_URL'],
    [{ SESSION_SECRET: undefined, SESSION_SECRET_FILE: '/no/such/file' }, 'SESSION_SECRET_FILE'],
  ])('with %j names the variable', (over, variable) => {
    expect(variablesOf({ ...good, ...over })).toEqual([variable]);
  });

  it('prints no secret, however it is printed', () => {
    const config = readConfig(good);
    const printed = [
      inspect(config, { depth: 9 }),
      JSON.stringify(config),
      String(config.databaseUrl),
    ].join();
    for (const secret of ['hunter2', good.SESSION_SECRET, 'client secret', 'AQEBAQ']) {
      expect(printed).not.toContain(secret);
    }
    expect(config.databaseUrl.reveal()).toBe(good.DATABASE_URL);
  });
});
