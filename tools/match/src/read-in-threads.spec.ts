import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clusterRecords, PartCollector, relationSchema, type ReadPart } from '@koppel/domain/matching';
import type { startThreads as StartThreads } from './match-threads.js';
import { PieceReader, type PieceToRead, type RelationFile } from './piece-reader.js';
import { readInThreads } from './read-in-threads.js';
import { relationColumns, relationReader } from './relation-rows.js';
import { endOfRows } from './row-pieces.js';
import type { ToThread } from './thread-messages.js';
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
    const source = { file, header: relationColumns, schema: relationSchema };
    const threads = startThreads(2, source);
    const here = new PieceReader(source, { number: 0, readers: 2 });
    try {
      await readInThreads({ threads, here }, file, { ids: new UniqueIds(), onPart, onRows: () => undefined });
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

describe('a thread that is busy', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'koppel-match-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Answers what it was sent, in the last moment. */
  function slowThread(source: RelationFile) {
    const reader = new PieceReader(source, { number: 1, readers: 2 });
    const sent: PieceToRead[] = [];
    return {
      sent: () => sent.length,
      hasAnswered: false,
      get unanswered() {
        return sent.length;
      },
      send: (message: ToThread) => sent.push(message as PieceToRead),
      receive: () => {
        const piece = sent.shift();
        if (!piece) throw new Error('nothing was sent');
        return Promise.resolve({ kind: 'part', ...reader.read(piece) } as const);
      },
    };
  }

  async function read(rows: readonly (readonly string[])[]) {
    const file = path.join(folder, 'in.csv');
    writeFileSync(file, [relationColumns, ...rows].map(toRow).join('\n'));
    const source = { file, header: relationColumns, schema: relationSchema };
    const thread = slowThread(source);
    const here = new PieceReader(source, { number: 0, readers: 2 });
    const readers = new Set<number>();
    const collector = new PartCollector();
    const onPart = (part: ReadPart, reader: number): void => {
      readers.add(reader);
      collector.append(part, reader);
    };
    await readInThreads({ threads: [thread], here }, file, {
      ids: new UniqueIds(),
      onPart,
      onRows: () => undefined,
    });
    return { readers, records: collector.finish(), thread };
  }

  it('leaves the rest to this one, and the clusters are the same', async () => {
    const expected = clusterRecords(cells.map(relationReader(relationColumns)), { band: 'final' });

    const { readers, records, thread } = await read(cells);

    expect(readers).toEqual(new Set([0, 1]));
    expect(thread.sent()).toBe(0);
    expect(clusterRecords(records, { band: 'final' })).toEqual(expected);
  });

  it('still tells first what is wrong first in the file', async () => {
    const wrong = [['too', 'short'], ...cells, ['too', 'short']];

    await expect(read(wrong)).rejects.toThrow('line 2 has 2 fields');
  });
});
