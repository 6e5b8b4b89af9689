import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.js';

const good = {
  DATABASE_URL: 'postgres://user:hunter2@127.0.0.1/koppel',
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

describe("the worker's configuration", () => {
  it('fills in what may be left out, and takes single timings', () => {
    const config = readConfig({ ...good, WORKER_TIMINGS: '{"relayEveryMs":20}', REDIS_URL: '' });
    expect(config).toMatchObject({ instanceId: 'worker', logLevel: 'info', redisUrl: undefined });
    expect(config.timings).toMatchObject({ relayEveryMs: 20, pagesMax: 50, exactClockScale: 1 });
  });

  it.each([
    [{ DATABASE_URL: undefined }, 'DATABASE_URL'],
    [{ REDIS_URL: 'http://x' }, 'REDIS_URL'],
    [{ ENCRYPTION_KEYS: 'no json' }, 'ENCRYPTION_KEYS'],
    [{ ENCRYPTION_KEYS: '{"k1":"AAAA"}' }, 'ENCRYPTION_KEYS'],
    [{ ENCRYPTION_KEY_ID: 'k2' }, 'ENCRYPTION_KEY_ID'],
    [{ EXACT_CLIENT_SECRET: undefined }, 'EXACT_CLIENT_SECRET'],
    [{ WORKER_TIMINGS: '{"unknown":1}' }, 'WORKER_TIMINGS'],
    [{ WORKER_TIMINGS: 'no json' }, 'WORKER_TIMINGS'],
    [{ EXACT_BASE_URL_NL: 'ftp://x' }, 'EXACT_BASE_URL_NL'],
    [{ DATABASE_URL: undefined, DATABASE_URL_FILE: '/nowhere/at/all' }, 'DATABASE_URL_FILE'],
  ])('names the variable that is missing or wrong, and no value (%o)', (over, variable) => {
    expect(variablesOf({ ...good, ...over })).toEqual([variable]);
  });

  it('never shows a secret', () => {
    const config = readConfig({ ...good, REDIS_URL: 'redis://:topsecret@127.0.0.1' });
    const shown = `${inspect(config, { depth: 9 })} ${JSON.stringify(config)}`;
    expect(shown).not.toMatch(/hunter2|client secret|topsecret/);
  });
});
