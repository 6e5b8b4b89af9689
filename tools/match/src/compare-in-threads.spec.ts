import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ClusteringInParts,
  clusterRecords,
  PartCollector,
  PartReader,
  relationSchema,
} from '@koppel/domain/matching';
import { compareInThreads } from './compare-in-threads.js';
import { toCsvLine } from './csv-line.js';
import type { startThreads as StartThreads } from './match-threads.js';
import { PieceReader } from './piece-reader.js';
import { readInThreads } from './read-in-threads.js';
import { relationColumns, relationReader } from './relation-rows.js';
import { UniqueIds } from './unique-ids.js';

/** Threads start from compiled files only. */
const compiled = path.resolve(import.meta.dirname, '../dist/match-threads.js');
const companies = 250;
const keysPerPortion = 200;

/** Three relations of each company; most of the file is a column that says nothing, so that it is read in several pieces. */
const cells = Array.from({ length: companies * 3 }, (_, at): string[] => {
  const company = Math.floor(at / 3);
  const cell: Partial<Record<string, string>> = {
    id: `r${(at * 7919) % 100_003}`,
    administration: `a${at % 3}`,
    name: `Vlier ${company.toString(36)} Advies ${at % 3 === 0 ? 'B.V.' : ''}`,
    kvk: at % 2 === 0 ? String(90_000_000 + company) : '',
    phone: `06${10_000_000 + (company % 90)}`,
    postcode: `${1000 + (company % 70)} AB`,
    houseNumber: String(1 + (company % 9)),
    website: 'geen '.repeat(900),
  };
  return relationColumns.map((column) => cell[column] ?? '');
});

describe.skipIf(!existsSync(compiled))('comparing in threads', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'koppel-match-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function cluster(count: number) {
    const { startThreads } = (await import(pathToFileURL(compiled).href)) as {
      startThreads: typeof StartThreads;
    };
    const file = path.join(folder, 'in.csv');
    writeFileSync(file, [[...relationColumns], ...cells].map(toCsvLine).join(''));
    const collector = new PartCollector();
    const onPart = collector.append.bind(collector);
    const source = { file, header: relationColumns, schema: relationSchema };
    const threads = startThreads(count, source);
    const here = new PieceReader(source, { number: 0, readers: count });
    try {
      await readInThreads({ threads, here }, file, { ids: new UniqueIds(), onPart, onRows: () => undefined });
      const clustering = new ClusteringInParts(collector.finish(), { band: 'final' }, keysPerPortion);
      expect(clustering.portions).toBeGreaterThan(6);
      await compareInThreads(threads, clustering);
      return clustering.finish();
    } finally {
      await Promise.all(threads.map((thread) => thread.end()));
    }
  }

  it.each([1, 2, 4])('gives with %i threads what one thread alone gives', async (threads) => {
    const alone = clusterRecords(cells.map(relationReader(relationColumns)), { band: 'final' });

    expect(new Set(alone.map((row) => row.cluster)).size).toBeLessThan(companies * 1.5);
    expect(await cluster(threads)).toEqual(alone);
  });
});

describe('a comparing thread that ends', () => {
  it('fails the comparison before the rest is compared in vain', async () => {
    const reader = new PartReader();
    for (const record of cells.map(relationReader(relationColumns))) reader.add(record);
    const collector = new PartCollector();
    collector.append(reader.take(), 0);
    const done: number[] = [];
    const clustering = new ClusteringInParts(
      collector.finish(),
      { band: 'final', onProgress: (some) => done.push(some) },
      keysPerPortion,
    );
    const ended = { send: () => undefined, receive: () => Promise.reject(new Error('the thread ended (3)')) };

    await expect(compareInThreads([ended], clustering)).rejects.toThrow('the thread ended (3)');

    expect(clustering.portions).toBeGreaterThan(6);
    expect(done).toHaveLength(1);
  });
});
