import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimSingleStart } from './single-start.js';

describe('claimSingleStart', () => {
  let dataDir = '';
  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'koppel-start-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('gives the second claim of a folder the process and the address of the first', async () => {
    const first = await claimSingleStart(dataDir);
    if ('heldBy' in first) throw new Error('an empty folder is free');
    await first.announce('http://127.0.0.1:4000');

    expect(await claimSingleStart(dataDir)).toEqual({
      heldBy: { pid: process.pid, url: 'http://127.0.0.1:4000' },
    });
  });

  it('gives exactly one of many simultaneous claims the folder', async () => {
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimSingleStart(dataDir)));

    expect(claims.filter((claim) => !('heldBy' in claim))).toHaveLength(1);
  });

  it('gives the folder again once it was released', async () => {
    const first = await claimSingleStart(dataDir);
    if ('release' in first) await first.release();

    expect(await claimSingleStart(dataDir)).toHaveProperty('release');
  });

  it.each([
    ['a process that is gone', '{"pid":4194300,"url":"http://127.0.0.1:4000"}'],
    ['a start that was cut off while it wrote its note', ''],
    ['a note that is no JSON', '{"pid":'],
  ])('takes over from %s', async (_, note) => {
    await writeFile(path.join(dataDir, 'start.json'), note);

    expect(await claimSingleStart(dataDir)).toHaveProperty('release');
  });
});
