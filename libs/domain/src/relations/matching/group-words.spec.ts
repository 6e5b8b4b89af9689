import { describe, expect, it } from 'vitest';
import { GroupVotes, learnGroupWords } from './group-words.js';
import { clusterRecords, type MatchRecord } from './index.js';
import { readRecords } from './read-records.js';
import { aMatchRecord } from './testing/a-match-record.js';

const families = ['Lumiri Glas', 'Tozen Staal', 'Vellu Leasing', 'Denzen Infra'];

// "Horeca" stands in no list; four families have a company of that name beside their own, with another KvK number.
const records: MatchRecord[] = families.flatMap((name, n) => {
  const shared = { addressLine1: `Kade ${n + 1}`, postcode: '1234 AB', email: `info@f${n}.nl` };
  return [
    aMatchRecord({ id: `${n}a`, administrationId: 'A', name: `${name} B.V.`, kvk: `9900001${n}`, ...shared }),
    aMatchRecord({
      id: `${n}b`,
      administrationId: 'B',
      name: `${name} Horeca B.V.`,
      kvk: `9911002${n}`,
      ...shared,
    }),
    aMatchRecord({ id: `${n}c`, administrationId: 'C', name: `${name} Horeca B.V.`, ...shared }),
  ];
});

function learntFrom(some: readonly MatchRecord[]): ReadonlySet<string> {
  return learnGroupWords(readRecords(some).records);
}

describe('group words learnt from the records', () => {
  it('are those by which companies with other KvK numbers at one address differ', () => {
    expect([...learntFrom(records)]).toEqual(['horeca']);
  });

  it('are not learnt from fewer than three families', () => {
    expect(learntFrom(records.slice(0, 6)).size).toBe(0);
  });

  it.each([
    [9_999, 3, true],
    [10_000, 3, false],
    [10_000, 4, true],
    [460_000, 48, false],
    [460_000, 49, true],
  ])('need more families among more names: %i names, %i families', (names, count, isLearnt) => {
    const votes = new GroupVotes();
    for (let n = 0; n < count; n++)
      votes.add([`lumiri${n}`, 'glas'], [`lumiri${n}`, 'glas', 'horeca'], false);

    expect(votes.words(names).has('horeca')).toBe(isLearnt);
  });

  it('are no group words when one company is written with and without them', () => {
    const variants = records.map((record) => ({ ...record, kvk: `9900001${record.id[0]}` }));

    expect(learntFrom(variants).size).toBe(0);
  });

  it('keep a company without a number from joining the wrong one', () => {
    const rows = clusterRecords(records, { band: 'final' });

    for (const [n] of families.entries()) {
      expect(rows.find(({ id }) => id === `${n}c`)?.cluster).toBe(`${n}b`);
      expect(rows.find(({ id }) => id === `${n}b`)?.cluster).toBe(`${n}b`);
    }
  });
});
