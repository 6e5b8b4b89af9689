import { describe, expect, it } from 'vitest';
import {
  clusterRecords,
  ClusteringInParts,
  PairComparer,
  PartCollector,
  PartReader,
  type ClusterRecordsOptions,
  type MatchRecord,
  type SharedReadRecords,
} from './index.js';
import { aBuildingGroup, shuffled } from './testing/a-building-group.js';
import { aMatchRecord } from './testing/a-match-record.js';

const keysPerPortion = 500;
const group = aBuildingGroup(700, 3);
/** Names that no table of ASCII characters holds, in ids and administrations too. */
const records: readonly MatchRecord[] = [
  ...group,
  aMatchRecord({ id: 'é1', administrationId: 'Zuidérveld', name: 'Café Zonneweelde B.V.', kvk: '27005219' }),
  aMatchRecord({ id: 'é2', administrationId: 'Noord', name: 'Cafe Zonneweelde BV', kvk: '27005219' }),
  aMatchRecord({
    id: 'l1',
    administrationId: 'x'.repeat(2_000),
    name: 'Lang Kozijnen B.V.',
    kvk: '27005220',
  }),
];

function inParts(some: readonly MatchRecord[]): SharedReadRecords {
  const collector = new PartCollector();
  const readers = [new PartReader(), new PartReader()];
  for (let start = 0, at = 0; start < some.length; start += 150, at++) {
    const reader = readers[at % 2]!;
    for (const record of some.slice(start, start + 150)) reader.add(record);
    collector.append(reader.take(), at % 2);
  }
  return collector.finish();
}

/** Portions from the last to the first, some compared here and some as another thread would. */
function clusterInParts(some: readonly MatchRecord[], options: ClusterRecordsOptions) {
  const clustering = new ClusteringInParts(inParts(some), options, keysPerPortion);
  const elsewhere = new PairComparer(structuredClone(clustering.work));
  expect(clustering.portions).toBeGreaterThan(8);
  for (let portion = clustering.portions - 1; portion >= 0; portion--) {
    if (portion % 3 === 0) clustering.compare(portion);
    else clustering.add(elsewhere.compare(portion));
  }
  return clustering.finish();
}

describe('comparing in portions', () => {
  it.each(['auto', 'final'] as const)('gives the %s clusters of comparing at once', (band) => {
    const expected = clusterRecords(records, { band });

    expect(new Set(expected.map(({ cluster }) => cluster)).size).toBeLessThan(records.length * 0.7);
    expect(clusterInParts(shuffled(records, 5), { band })).toEqual(expected);
  });

  it('keeps to the judgements of a person, of which the other threads know nothing', () => {
    const joined = clusterRecords(records, { band: 'final' }).filter(({ id, cluster }) => id !== cluster);
    const apart = joined
      .slice(0, 20)
      .map(({ id, cluster }) => ({ a: id, b: cluster, verdict: 'different' as const }));
    const judgements = [
      ...apart,
      { a: joined[30]!.id, b: 'l1', verdict: 'same' as const },
      { a: 'é1', b: 'nobody', verdict: 'same' as const },
    ];
    const expected = clusterRecords(records, { band: 'final', judgements });

    expect(expected).not.toEqual(clusterRecords(records, { band: 'final' }));
    expect(clusterInParts(records, { band: 'final', judgements })).toEqual(expected);
  });

  it('reports how far it is, up to all', () => {
    const told: number[] = [];
    clusterInParts(records, { band: 'auto', onProgress: (done, total) => told.push(done / total) });

    expect(told).toEqual(told.toSorted((one, other) => one - other));
    expect(told.length).toBeGreaterThan(8);
    expect(told.at(-1)).toBe(1);
  });
});
