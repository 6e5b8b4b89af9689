import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../product/paths.js';
import { readStartSettings } from './settings.js';

describe('readStartSettings', () => {
  it('needs nothing: an embedded database and a lasting sandbox in .data, port 4000', () => {
    const dataDir = path.join(root, '.data');

    expect(readStartSettings({})).toEqual({
      dataDir,
      port: 4000,
      sandbox: { state: path.join(dataDir, 'sandbox.jsonl') },
    });
  });

  it('takes a given database, a Redis, a port and a data folder', () => {
    const env = {
      DATABASE_URL: 'postgres://me@db/koppel',
      REDIS_URL: 'redis://queue:6379',
      PORT: '8080',
      KOPPEL_DATA_DIR: '/srv/koppel',
    };

    expect(readStartSettings(env)).toEqual({
      databaseUrl: 'postgres://me@db/koppel',
      redisUrl: 'redis://queue:6379',
      port: 8080,
      dataDir: '/srv/koppel',
      sandbox: { state: '/srv/koppel/sandbox.jsonl' },
    });
  });

  it('takes port 0 for any that is free', () => {
    expect(readStartSettings({ PORT: '0' }).port).toBe(0);
  });

  it('leaves the sandbox out when the app of a real Exact Online is given', () => {
    const env = { EXACT_REGION: 'nl', EXACT_CLIENT_ID: 'id', EXACT_CLIENT_SECRET: 'secret' };

    expect(readStartSettings(env)).toMatchObject({ sandbox: false });
  });

  it.each([
    [{ EXACT_CLIENT_ID: 'id' }, 'EXACT_CLIENT_ID without EXACT_REGION, EXACT_CLIENT_SECRET'],
    [
      { EXACT_REGION: 'geheim', EXACT_CLIENT_ID: 'id', EXACT_CLIENT_SECRET: 'geheim' },
      'EXACT_REGION is none of nl, be',
    ],
    [{ PORT: 'eighty' }, 'PORT'],
    [{ DATABASE_URL_FILE: '/no/such/geheim' }, 'DATABASE_URL_FILE'],
    [{ PORT: '70000' }, 'PORT is no whole number from 0 to 65535'],
    [{ PORT: '-1' }, 'PORT is no whole number from 0 to 65535'],
    [{ DATABASE_URL: 'mysql://root:geheim@db/koppel' }, 'DATABASE_URL'],
    [{ REDIS_URL: 'queue:geheim' }, 'REDIS_URL'],
  ])('names what is wrong in %j, without its value', (env, name) => {
    expect(() => readStartSettings(env)).toThrow(name);
    expect(() => readStartSettings(env)).not.toThrow('geheim');
  });
});
