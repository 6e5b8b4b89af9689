import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTable } from './read-table.js';

/** Where Linux shows a process's open files. */
const openFiles = '/proc/self/fd';

describe.skipIf(process.platform !== 'linux')('a table that is not read to its end', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'koppel-match-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps its file open until it is closed', async () => {
    const file = path.join(folder, 'in.csv');
    writeFileSync(file, 'id,name\n'.concat('1,Molen\n'.repeat(300_000)));

    const table = await readTable(file);

    expect(isOpen(file)).toBe(true);
    await table.close();
    expect(isOpen(file)).toBe(false);
    await table.close();
  });
});

function isOpen(file: string): boolean {
  return readdirSync(openFiles).some((descriptor) => {
    try {
      return readlinkSync(path.join(openFiles, descriptor)) === file;
    } catch {
      return false; // closed since the folder was read
    }
  });
}
