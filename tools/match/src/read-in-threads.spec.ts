import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clusterRecords, PartCollector, relationSchema } from '@koppel/domain/matching';
import type { startThreads as StartThreads } from './match-threads.js';
import { readInThreads } from './read-in-threads.js';
import { relationColumns, relationReader } from './relation-rows.js';
import { endOfRows } from './row-pieces.js';
import { UniqueIds } from './unique-ids.js';

/** Threads start from compiled files only. */
const compiled = path.resolve(import.meta.dirname, '../dist/match-threads.js');
const companies = 1_500;

/** Two relations of each company in a file of some megabytes; names hold commas, quotes and line ends. */
const cells = Array.from({ length: companies * 2 }, (_, at): string[] => {
  const company = Math.floor(at / 2);
  const name = `Vlier "${company.toString(36)}",\nAdvies ${at % 2 === 0 ? 'B.V.' : ''}`;
  const kvk = String(90_000_000 + company);
  const website = 'geen '.repeat(200);
  return relationColumns.map((column) => ({ id: `r${at}`, name, kvk, website })[column as 'id'] ?? '');
});
const toRow = (row: readonly string[]): string =>
  row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');

describe('endOfRows', () => {
  it.each([
    ['a,b\nc', 4],
    ['a,"b\nc', 0],
    ['a\n"b\nc"\n', 8],
    ['"a""\n"\nb', 7],
    ['', 0],
  ])('finds where the last whole row of %j ends', (text, end) => {
    expect(endOfRows(Buffer.from(text))).toBe(end);
  });
});

describe.skipIf(!existsSync(compiled))('reading in threads', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'koppel-match-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function read(rows: readonly (readonly string[])[], lastBytes = Buffer.alloc(0)) {
    const { startThreads } = (await import(pathToFileURL(compiled).href)) as {
      startThreads: typeof StartThreads;
    };
    const file = path.join(folder, 'in.csv');
    const text = [relationColumns, ...rows].map(toRow).join('\n');
    writeFileSync(file, Buffer.concat([Buffer.from(text), lastBytes]));
    const collector = new PartCollector();
    const onPart = collector.append.bind(collector);
    const threads = startThreads(2, { file, header: relationColumns, schema: relationSchema });
    try {
      await readInThreads(threads, file, { ids: new UniqueIds(), onPart, onRows: () => undefined });
    } finally {
      await Promise.all(threads.map((thread) => thread.end()));
    }
    return collector.finish();
  }

  it('gives the clusters that reading in one thread gives', async () => {
    const expected = clusterRecords(cells.map(relationReader(relationColumns)), { band: 'final' });

    const found = clusterRecords(await read(cells), { band: 'final' });

    expect(new Set(found.map(({ cluster }) => cluster)).size).toBeLessThan(companies * 1.1);
    expect(found).toEqual(expected);
  });

  it('refuses what it refuses in one thread, with the line', async () => {
    await expect(read([...cells, ['r1', 'repeated']])).rejects.toThrow(
      `line ${cells.length * 2 + 2} has 2 fields where the header has ${relationColumns.length}`,
    );
  });

  it.each([
    ['a byte of Latin-1', Buffer.from('\nCaf\xe9,\n', 'latin1')],
    ['half a character at its end', Buffer.from('\nCaf\u00e9').subarray(0, -1)],
  ])('refuses a file with %s, by its name', async (_, lastBytes) => {
    await expect(read(cells, lastBytes)).rejects.toMatchObject({
      name: 'InputError',
      kind: 'not-text',
      message: expect.stringMatching(/in\.csv is not UTF-8 text/) as string,
    });
  });

  it('reads a row of more bytes than a row may have characters', async () => {
    const long = ['long', ...relationColumns.slice(1).map(() => '')];
    long[relationColumns.indexOf('website')] = '\u6c34'.repeat(900_000);

    const { records } = await read([long, ...cells]);

    expect(records.length).toBe(cells.length + 1);
  });
});
