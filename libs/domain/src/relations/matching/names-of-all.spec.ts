import { describe, expect, it } from 'vitest';
import { candidateKeys, compareAll, NamesOfAll, type LearntNames, type MatchRecord } from './index.js';
import { aMatchRecord } from './testing/a-match-record.js';

const syllables = 'ba ke li mo nu ra se ti vo wu za de'.split(' ');
const trades = ['Bouw', 'Infra', 'Stukadoors', 'Holding', 'Wagenpark', 'Aggregaten'];

/** 600 families of two companies each, in two administrations, that share an address or an account; the second of each has one word more. */
const records = Array.from({ length: 600 }, (_, n): MatchRecord[] => {
  const at = (place: number): string => syllables[Math.floor(n / 12 ** place) % 12] ?? '';
  const name = `${at(0)}${at(1)}x${at(2)}${at(1)} Glas`;
  const place = { addressLine1: `Kade ${n + 1}`, postcode: '1234AB', city: 'Voorbeeldstad' };
  const shared = n % 3 === 0 ? { ibans: [`NL91ABNA0${417164300 + n}`], phone: `0201${100_000 + n}` } : place;
  const daughter = n % 7 === 0 ? `${name} ${trades[n % trades.length] ?? ''}` : `${name} ${at(2)}`;
  return ['A', 'B'].flatMap((administrationId) => [
    aMatchRecord({
      id: `${n}m${administrationId}`,
      administrationId,
      ...shared,
      name: `${name} B.V.`,
      kvk: String(30_000_017 + n * 62),
    }),
    aMatchRecord({
      ...{ id: `${n}d${administrationId}`, administrationId, name: `${daughter} B.V.`, ...shared },
      ...(n % 2 === 0 ? { vat: `NL${801_226_900 + n}B01` } : { kvk: String(70_000_017 + n * 62) }),
    }),
  ]);
})
  .flat()
  .sort((one, other) => (one.id < other.id ? -1 : 1));
const persons = ['J. de Wit', 'Jan de Wit', 'Anna Kolk h.o.d.n. Kolk Wagenpark'].map((name, n) =>
  aMatchRecord({ id: `p${n}`, administrationId: 'A', name, addressLine1: 'Kade 1', postcode: '1234AB' }),
);

function learntBy(some: readonly MatchRecord[]): LearntNames {
  const names = new NamesOfAll();
  for (const record of some) names.add(record);
  const learning = names.learn();
  let step = learning.next();
  while (!step.done) step = learning.next();
  return step.value;
}

describe('what records teach of names one after the other', () => {
  it('is what they teach when they are compared at once', () => {
    const all = [...records, ...persons];
    const { stems, words, groupWords } = compareAll(all).learnt;

    expect(groupWords).toContain('aggregaten');
    expect(learntBy(all)).toEqual({ stems, words, groupWords });
  });

  it('is nothing of words where there are few names', () => {
    expect(learntBy(records.slice(0, 400))).toMatchObject({ stems: 0, words: {} });
  });

  it('comes with the keys of each record', () => {
    const [record] = records as [MatchRecord];

    expect(new NamesOfAll().add(record)).toEqual(candidateKeys(record));
  });
});
