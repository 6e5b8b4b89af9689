import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Logs } from './logs.js';

describe('Logs', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'koppel-logs-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('begins a new file for each start and keeps the one before', async () => {
    await writeFile(path.join(folder, 'api.log'), 'yesterday\n');
    const logs = new Logs(folder);

    logs.write('api', 'one');
    logs.write('api', 'two');

    expect(await readFile(path.join(folder, 'api.log'), 'utf8')).toBe('one\ntwo\n');
    expect(await readFile(path.join(folder, 'api.log.1'), 'utf8')).toBe('yesterday\n');
  });

  it('keeps two files of a part at most, however much it writes', async () => {
    const logs = new Logs(folder, 100);

    for (let line = 0; line < 50; line++)
      logs.write('worker', `line ${line} of a part that has much to tell`);

    expect((await readdir(folder)).sort()).toEqual(['worker.log', 'worker.log.1']);
    expect((await readFile(path.join(folder, 'worker.log'), 'utf8')).length).toBeLessThan(200);
  });
});
