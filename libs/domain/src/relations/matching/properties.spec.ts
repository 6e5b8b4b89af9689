import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNames } from './compare-names.js';
import { evaluate } from './evaluate.js';
import { noNameModel } from './name-model.js';
import { haveFewTies } from './few-ties.js';
import { relationRules } from './rules/relation-rules.js';
import {
  candidateKeys,
  compareAll,
  compareOne,
  comparePair,
  type Judgement,
  type MatchRecord,
} from './index.js';
import { indexJudgements } from './judgements.js';
import { readRecords } from './read-records.js';
import { aMatchRecord } from './testing/a-match-record.js';

const words = [
  'Zonneveld',
  'Zoneveld',
  'Klaver',
  'Bouw',
  'Techniek',
  'Holding',
  'Beheer',
  'II',
  'III',
  'Jan',
  'J.',
  'de Boer',
  'Zwolle',
  'Stichting',
];
const forms = ['', ' B.V.', ' V.O.F.', ' BV'];
const maybe = <T>(...values: T[]): fc.Arbitrary<T | null> => fc.constantFrom(null, null, ...values);

// Few values, so that records meet in every way: equal, contradicting, shared and half known.
const known = fc.record({
  administrationId: fc.constantFrom('A', 'B', 'C', 'D'),
  name: fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...words), { minLength: 0, maxLength: 3 }),
      fc.constantFrom(...forms),
    )
    .map(([list, form]) => list.join(' ') + form),
  kvk: maybe('99000021', '99000173', '99000027', '00000000'),
  vat: maybe('NL999990007B01', 'NL999900018B01', 'NL999991234B91'),
  ibans: fc.subarray(['NL13TEST0123456789', 'BE44999012345645']),
  email: maybe('info@zonneveld.nl', 'jan@zonneveld.nl', 'jan@gmail.com', 'geen@geen.nl'),
  phone: maybe('0201234567', '+31 20 1234567', '0612345670'),
  addressLine1: maybe('Kade 9', 'Kade 9a', 'Hof 3', 'Postbus 4'),
  postcode: maybe('1234AB', '1234 ab', '5678CD'),
  city: maybe('Zwolle', 'Breda'),
  isOwnCompany: fc.boolean(),
});
const record = known.map((fields) => aMatchRecord({ id: 'r', ...fields }));
const records = fc
  .array(record, { minLength: 2, maxLength: 12 })
  .map((list) => list.map((one, n) => ({ ...one, id: `r${n}` })));
const judgement = fc.record({
  a: fc.constantFrom('r0', 'r1', 'r2', 'r3'),
  b: fc.constantFrom('r0', 'r1', 'r2', 'r3'),
  verdict: fc.constantFrom('same' as const, 'different' as const),
});
const pair = fc.tuple(record, record).map(([a, b]): [MatchRecord, MatchRecord] => [
  { ...a, id: 'a' },
  { ...b, id: 'b' },
]);

const sharedKeys = (a: MatchRecord, b: MatchRecord): number[] =>
  candidateKeys(a).filter((key) => candidateKeys(b).includes(key));

describe('the verdict on any two records', () => {
  it('is the same in both directions', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(comparePair(a, b)).toEqual(comparePair(b, a));
      }),
    );
  });

  it('has weights that add up to its score, whatever the evidence', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const { reasons, score } = comparePair(a, b);
        expect(Math.abs(reasons.reduce((sum, reason) => sum + reason.weight, 0) - score)).toBeLessThan(1e-9);
      }),
    );
  });

  it('is never automatic with a veto, inside one administration, or with other KvK numbers', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const { band, vetoes } = comparePair(a, b);
        if (band !== 'automatic') return;
        expect(vetoes).toEqual([]);
        expect(a.administrationId).not.toBe(b.administrationId);
        const [one, other] = [relationRules.toFeatures(a).kvk, relationRules.toFeatures(b).kvk];
        expect(one === null || other === null || one === other).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is automatic only for records that share a candidate key', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        if (comparePair(a, b).band === 'automatic') expect(sharedKeys(a, b)).not.toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });

  // Keys are few on purpose, so a weak question can be missed; these are the kinds that must not be.
  it.each([
    [
      { name: 'Zoneveld', postcode: '1234 ab' },
      { name: 'Zonneveld', postcode: '1234AB' },
    ],
    [
      { name: 'Zoneveld', city: 'Breda' },
      { name: 'Zonneveld', city: 'Breda' },
    ],
  ])('can be asked for a typo in a name, by postcode or by town alone: %o and %o', (one, other) => {
    const [a, b] = [aMatchRecord({ id: 'a', ...one }), aMatchRecord({ id: 'b', ...other })];
    expect(sharedKeys(a, b)).not.toEqual([]);
  });

  it('is separate for every pair that a batch skips as hopeless', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        if (a.id === b.id) return;
        const { records: table } = readRecords([a, b]);
        const [one, other] = [table.at(0), table.at(1)];
        const { level } = compareNames(one.names, other.names, noNameModel);
        if (level !== 'different' || !haveFewTies(table, 0, 1)) return;
        expect(
          evaluate(one, other, {
            rules: relationRules,
            judgements: indexJudgements([]),
            nameModel: noNameModel,
          }).band,
        ).toBe('separate');
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the other candidates that are compared with it', () => {
    fc.assert(
      fc.property(records, (list) => {
        const [first, ...others] = list;
        if (!first) return;
        const alone = others.map((other) => comparePair(first, other));
        expect(compareOne(first, others)).toEqual(expect.arrayContaining(alone));
      }),
    );
  });
});

describe('the outcome for any records', () => {
  const shuffled = records.chain((list) =>
    fc.tuple(
      fc.constant(list),
      fc.shuffledSubarray(list, { minLength: list.length }),
      fc.array(judgement, { maxLength: 3 }),
    ),
  );

  it('is the same for every order of the input', () => {
    fc.assert(
      fc.property(shuffled, ([list, other, judgements]) => {
        expect(compareAll(other, { judgements })).toEqual(compareAll(list, { judgements }));
      }),
      { numRuns: 300 },
    );
  });

  it('has no group with two records of one administration, a veto, or a pair that a person parted', () => {
    fc.assert(
      fc.property(records, fc.array(judgement, { maxLength: 3 }), (list, judgements) => {
        const byId = new Map(list.map((one) => [one.id, one]));
        const parted = indexJudgements(judgements);
        for (const { members } of compareAll(list, { judgements }).clusters) {
          for (const [a, b] of pairsOf(members)) {
            expect(parted.verdictOn(a, b)).not.toBe('different');
            if (judgements.some((one) => one.verdict === 'same')) continue;
            expect(
              comparePair(byId.get(a) ?? aMatchRecord({}), byId.get(b) ?? aMatchRecord({})).vetoes,
            ).toEqual([]);
            expect(byId.get(a)?.administrationId).not.toBe(byId.get(b)?.administrationId);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('asks at most once per pair of groups, and never inside one', () => {
    fc.assert(
      fc.property(records, (list) => {
        const { clusters, proposals } = compareAll(list);
        const groupOf = (id: string): string =>
          clusters.find(({ members }) => members.includes(id))?.members[0] ?? id;
        const asked = proposals.map(({ a, b }) => [groupOf(a), groupOf(b)].sort().join('|'));
        expect(new Set(asked).size).toBe(asked.length);
        for (const { a, b } of proposals) expect(groupOf(a)).not.toBe(groupOf(b));
      }),
      { numRuns: 300 },
    );
  });

  it('stays the same when its own groups are confirmed by a person', () => {
    fc.assert(
      fc.property(records, (list) => {
        const { clusters } = compareAll(list);
        const judgements = clusters.flatMap(({ members }) =>
          [...pairsOf(members)].map(([a, b]): Judgement => ({ a, b, verdict: 'same' })),
        );
        const again = compareAll(list, { judgements }).clusters.map(({ members }) => members);
        for (const { members } of clusters)
          expect(again.some((group) => members.every((id) => group.includes(id)))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

function* pairsOf(members: readonly string[]): Generator<[string, string]> {
  for (const [at, a] of members.entries()) for (const b of members.slice(at + 1)) yield [a, b];
}
