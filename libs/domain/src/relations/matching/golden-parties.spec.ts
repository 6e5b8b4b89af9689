import { describe, expect, it } from 'vitest';
import { compareAll } from './index.js';
import parties from './golden/parties.json' with { type: 'json' };
import { aMatchRecord } from './testing/a-match-record.js';

describe('golden parties', () => {
  it.each(parties)('$case', ({ records, clusters, questions, why }) => {
    const { clusters: found, proposals } = compareAll(records.map((record) => aMatchRecord(record)));

    expect({
      clusters: found.map(({ members }) => members),
      questions: proposals.map(({ a, b }) => [a, b]),
    }).toEqual({ clusters, questions });
    if (why) expect(proposals[0]?.reasons.map(({ key }) => key)).toContain(why);
  });

  it.each(parties)('the other way round: $case', ({ records, clusters }) => {
    const found = compareAll(records.toReversed().map((record) => aMatchRecord(record)));

    expect(found.clusters.map(({ members }) => members)).toEqual(clusters);
  });
});
