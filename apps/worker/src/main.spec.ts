import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const main = path.resolve(import.meta.dirname, '../dist/main.js');

describe('starting the worker with a wrong configuration (F96)', () => {
  it('ends with EX_CONFIG, names the variables and prints none of their values', ({ skip }) => {
    if (!existsSync(main)) skip('dist/main.js is missing (npm run build makes it)');
    const env = {
      PATH: process.env['PATH'],
      DATABASE_URL: 'mysql://someone:hunter2@127.0.0.1/koppel',
      ENCRYPTION_KEYS: '{"k1":"not-a-key"}',
      ENCRYPTION_KEY_ID: 'k1',
    };
    const { status, stdout, stderr } = spawnSync(process.execPath, [main], { env, encoding: 'utf8' });

    expect(status).toBe(78);
    expect(stderr).toMatch(/^koppel worker: /);
    for (const variable of ['DATABASE_URL', 'ENCRYPTION_KEYS', 'EXACT_CLIENT_ID'])
      expect(stderr).toContain(variable);
    expect(stdout + stderr).not.toMatch(/hunter2|not-a-key|^\s+at /m);
  });
});
