import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { nothingLearnt, type MatchRecord } from '@koppel/domain/matching';
import { compareHere, type CompareAccounts, type KeysOfSource } from '@koppel/domain/relations';
import { idOf } from '@koppel/domain/testing';
import type * as CompareInThread from './compare-in-thread.js';

/** Threads start from compiled files only. */
const compiled = path.resolve(import.meta.dirname, '../../dist/compare/compare-in-thread.js');
const { compareInThread, comparingIn } = existsSync(compiled)
  ? ((await import(pathToFileURL(compiled).href)) as typeof CompareInThread)
  : { compareInThread: compareHere, comparingIn: () => compareHere };

const companies = 600;
/** Pages that are sent before the first answer must have come. */
const messagesAhead = 17;

/** Three accounts of each company, two of them in one administration, with a phone number that tells companies apart. */
function someRecords(): MatchRecord[] {
  return Array.from({ length: companies * 3 }, (_, index): MatchRecord => {
    const company = Math.floor(index / 3);
    return {
      id: idOf(index + 1),
      administrationId: idOf(index % 3 === 0 ? 900_001 : 900_002),
      code: String(index),
      name: `Vlier ${company.toString(36)} Advies ${index % 3 === 2 ? '' : 'B.V.'}`,
      kvk: String(90_000_000 + company),
      ...{ vat: null, email: null, website: null, addressLine1: null, city: null, country: null },
      phone: `06${10_000_000 + company}`,
      postcode: null,
      ibans: [],
      isBlocked: false,
      isOwnCompany: false,
    };
  });
}

async function* inPages(records: readonly MatchRecord[], size = 700): AsyncGenerator<MatchRecord[]> {
  for (let start = 0; start < records.length; start += size) yield records.slice(start, start + size);
}

async function all<T>(portions: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const portion of portions) items.push(...portion);
  return items;
}

async function findingsOf(compare: CompareAccounts, records: readonly MatchRecord[]) {
  const keys: KeysOfSource[] = [];
  const onKeys = async (some: readonly KeysOfSource[]) =>
    void keys.push(...some.map((one) => ({ ...one, keys: Array.from(one.keys) })));
  return compare({ pages: inPages(records), judgements: [], expected: 1_000, onKeys }, async (findings) => ({
    clusters: await all(findings.clusters),
    doubles: await all(findings.doubles),
    proposals: await all(findings.proposals),
    learnt: findings.learnt,
    keys,
  }));
}

describe.skipIf(!existsSync(compiled))('compareInThread', () => {
  it('finds what comparing in the calling thread finds', async () => {
    const records = someRecords();

    const found = await findingsOf(compareInThread, records);

    expect(found.doubles.length).toBeGreaterThan(500);
    expect(found.learnt.words['advies']).toBeGreaterThan(500);
    expect(found).toEqual(await findingsOf(compareHere, records));
  });

  it('compares no accounts at all', async () => {
    expect(await findingsOf(compareInThread, [])).toEqual({
      clusters: [],
      doubles: [],
      proposals: [],
      learnt: nothingLearnt,
      keys: [],
    });
  });

  it('fails as the engine fails', async () => {
    const [record] = someRecords();

    await expect(findingsOf(compareInThread, [record!, record!])).rejects.toThrow('occurs twice');
  });

  it('fails without reading on when its thread ends without a word', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'koppel-compare-'));
    const module = path.join(folder, 'ends-at-once.mjs');
    writeFileSync(module, 'process.exit(3);');
    let pages = 0;
    async function* endless(): AsyncGenerator<MatchRecord[]> {
      for (; pages < 1_000_000; pages += 1) {
        await setImmediate(); // as a database would: the thread's end is an event of this one
        yield someRecords().slice(0, 1);
      }
    }
    const input = { pages: endless(), judgements: [], expected: 1_000, onKeys: async () => undefined };

    const compared = comparingIn(module)(input, async () => 'compared');

    await expect(compared).rejects.toThrow('the comparing thread ended (3)');
    expect(pages).toBeLessThan(messagesAhead);
    rmSync(folder, { recursive: true });
  });

  it('begins when another that takes all the room has ended', async () => {
    const steps: string[] = [];
    async function* pages(name: string): AsyncGenerator<MatchRecord[]> {
      steps.push(`${name} is read`);
      yield someRecords().slice(0, 3);
    }
    const compare = (name: string, expected: number) =>
      compareInThread(
        { pages: pages(name), judgements: [], expected, onKeys: async () => undefined },
        async () => void steps.push(`${name} is used`),
      );

    await Promise.all([compare('first coupling', 150_000), compare('resync', 100_000)]);

    expect(steps).toEqual([
      'first coupling is read',
      'first coupling is used',
      'resync is read',
      'resync is used',
    ]);
  });

  it('passes on what whoever uses the findings throws', async () => {
    const input = {
      pages: inPages(someRecords()),
      judgements: [],
      expected: 1_000,
      onKeys: async () => undefined,
    };

    await expect(compareInThread(input, () => Promise.reject(new Error('no database')))).rejects.toThrow(
      'no database',
    );
  });
});
