import { describe, expect, it } from 'vitest';
import { clusterRecords, type ClusteredRecord, type MatchRecord, type PairVerdict } from './index.js';
import { readRecords } from './read-records.js';
import { aMatchRecord } from './testing/a-match-record.js';

const address = { addressLine1: 'Havenstraat 98', postcode: '1011 UK', city: 'Amsterdam' };
const records: readonly MatchRecord[] = [
  aMatchRecord({ id: 'b', administrationId: 'B', name: 'Lumiri Bouw B.V.', kvk: '27005219', ...address }),
  aMatchRecord({ id: 'a', administrationId: 'A', name: 'Lumiri Bouw BV', kvk: '27005219', ...address }),
  // Known by its name and town only: probable, not certain.
  aMatchRecord({ id: 'c', administrationId: 'C', name: 'Lumiri Bouw', city: 'Amsterdam' }),
  aMatchRecord({ id: 'd', administrationId: 'C', name: 'Zonneveld Kozijnen B.V.', city: 'Almere' }),
];

const clusterOf = (rows: readonly ClusteredRecord[], id: string): string | undefined =>
  rows.find((row) => row.id === id)?.cluster;

describe('clusterRecords', () => {
  it('gives every record one cluster, named by its smallest id, sorted by id', () => {
    expect(clusterRecords(records, { band: 'auto' })).toEqual([
      { id: 'a', cluster: 'a', band: 'auto', size: 2 },
      { id: 'b', cluster: 'a', band: 'auto', size: 2 },
      { id: 'c', cluster: 'c', band: 'auto', size: 1 },
      { id: 'd', cluster: 'd', band: 'auto', size: 1 },
    ]);
  });

  it('joins in the final band what is probable, and says that it was not certain', () => {
    const rows = clusterRecords(records, { band: 'final' });

    expect(rows.filter((row) => row.cluster === 'a')).toEqual([
      { id: 'a', cluster: 'a', band: 'final', size: 3 },
      { id: 'b', cluster: 'a', band: 'final', size: 3 },
      { id: 'c', cluster: 'a', band: 'final', size: 3 },
    ]);
    expect(rows.find((row) => row.id === 'd')).toEqual({ id: 'd', cluster: 'd', band: 'auto', size: 1 });
  });

  it('keeps the order of the input when asked', () => {
    const sorted = clusterRecords(records, { band: 'final' });

    const rows = clusterRecords(records, { band: 'final', order: 'input' });

    expect(rows.map(({ id }) => id)).toEqual(records.map(({ id }) => id));
    expect(rows.toSorted((one, other) => (one.id < other.id ? -1 : 1))).toEqual(sorted);
  });

  it('gives the same clusters for every order of the records', () => {
    const forward = clusterRecords(records, { band: 'final' });

    expect(clusterRecords(records.toReversed(), { band: 'final' })).toEqual(forward);
  });

  it('never joins what a person keeps apart', () => {
    const rows = clusterRecords(records, {
      band: 'final',
      judgements: [{ a: 'b', b: 'a', verdict: 'different' }],
    });

    expect(clusterOf(rows, 'a')).not.toBe(clusterOf(rows, 'b'));
  });

  it('keeps a daughter named after its town from its mother, though a third record fits both', () => {
    const site = { addressLine1: 'Televisieweg 18', postcode: '6536 JL', city: 'Nijmegen' };
    const email = 'info@grekorix.nl';
    const rows = clusterRecords(
      [
        aMatchRecord({ id: 'a', name: 'Grekorix Vloeren Nijmegen B.V.', kvk: '27005219', email, ...site }),
        aMatchRecord({ id: 'b', name: 'Grekorix Vloeren Nijmegen', email, ...site }),
        aMatchRecord({ id: 'c', name: 'Grekorix Vloeren B.V.', email, ...site }),
      ],
      { band: 'auto' },
    );

    expect(clusterOf(rows, 'a')).not.toBe(clusterOf(rows, 'c'));
  });

  it('tells the verdict on pairs that a veto keeps apart, and names the veto', () => {
    const sister = aMatchRecord({ id: 'e', name: 'Lumiri Bouw Holding B.V.', kvk: '63307851', ...address });
    const told: PairVerdict[] = [];
    clusterRecords([...records, sister], { band: 'auto', onVerdict: (verdict) => told.push(verdict) });

    const apart = told.filter(({ a, b }) => a === 'a' && b === 'e');
    expect(apart).toHaveLength(1);
    expect(apart[0]?.vetoes.map(({ key }) => key)).toEqual(['veto-kvk', 'veto-group']);
    expect(apart[0]?.reasons.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(
      apart[0]?.score ?? 0,
      9,
    );
    expect(told.at(0)?.vetoes).not.toEqual([]);
    expect(told.at(-1)?.vetoes).toEqual([]);
  });

  it('refuses an id that occurs twice', () => {
    expect(() => clusterRecords([...records, ...records], { band: 'auto' })).toThrow(RangeError);
  });

  it('refuses read records that it has clustered before, since they hold by now what it learnt', () => {
    const read = readRecords(records);
    clusterRecords(read, { band: 'auto' });

    expect(() => clusterRecords(read, { band: 'auto' })).toThrow(/compared already/);
  });

  it('leaves none of the keys to whoever keeps what was read', () => {
    const read = readRecords(records);
    expect(read.keys.hashes.length).toBeGreaterThan(0);

    clusterRecords(read, { band: 'auto' });

    expect(read.keys.hashes).toHaveLength(0);
  });
});
