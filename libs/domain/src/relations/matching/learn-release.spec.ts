import { describe, expect, it } from 'vitest';
import { compareAll, comparePair, nothingLearnt, readLearntModel } from './index.js';
import type { Judgement, MatchRecord, Verdict } from './match-record.js';
import { aMatchRecord } from './testing/a-match-record.js';

/** 80 companies that moved, known by one account, beside 900 that one KvK number makes certain. */
const movedCount = 80;
const certainCount = 900;
const syllables = 'ba ke li mo nu ra se ti vo wu za de'.split(' ');

function invented(number: number): string {
  const at = (place: number): string => syllables[Math.floor(number / 12 ** place) % 12] ?? '';
  return `${at(0)}${at(1)}${at(2)}x${at(0)}${at(2)}`;
}

function pairOf(number: number, known: (side: 'a' | 'b') => Partial<MatchRecord>): MatchRecord[] {
  const name = `${invented(number)} B.V.`;
  return (['a', 'b'] as const).map((side) =>
    aMatchRecord({ id: `${number}-${side}`, administrationId: side, name, ...known(side) }),
  );
}

// Account numbers that pass mod 97.
function iban(number: number): string {
  const account = String(1_000_000_000 + number * 7_919);
  const rest = BigInt(`10231011${account}232100`) % 97n; // ANAB, account, NL, 00
  return `NL${String(98n - rest).padStart(2, '0')}ANAB${account}`;
}

const moved = Array.from({ length: movedCount }, (_, n) =>
  pairOf(n, (side) => ({
    ibans: [iban(n)],
    addressLine1: side === 'a' ? `Dorpsstraat ${n + 1}` : `Havenkade ${n + 1}`,
    postcode: side === 'a' ? '3811AB' : '9711CD',
    city: side === 'a' ? 'Amersfoort' : 'Groningen',
  })),
);
const certain = Array.from({ length: certainCount }, (_, n) =>
  pairOf(movedCount + n, () => ({ kvk: String(30_000_017 + n * 31) })),
);
const records = [...moved, ...certain].flat();

function answers(count: number, over: Partial<Judgement> = {}, verdict: Verdict = 'same'): Judgement[] {
  return Array.from({ length: count }, (_, n) => ({
    ...{ a: `${n}-a`, b: `${n}-b`, verdict, isAnswer: true },
    ...over,
  }));
}

const questionsWith = (judgements: readonly Judgement[]): number =>
  compareAll(records, { judgements }).proposals.length;

/** 40 names that a B.V. and a V.O.F. of one mailbox have, in two administrations each. */
const formCount = 40;
const forms = Array.from({ length: formCount }, (_, n) => {
  const name = invented(2 * movedCount + certainCount + n);
  return (['a', 'b'] as const).map((side) =>
    aMatchRecord({
      ...{ id: `f${n}-${side}`, administrationId: side, name: `${name} ${side === 'a' ? 'B.V.' : 'V.O.F.'}` },
      email: `info@${name}.example`,
    }),
  );
});

describe('what answers set aside', () => {
  const all = [...forms.flat(), ...certain.flat()];
  const apart = answers(15, {}, 'different').map((answer) => ({
    ...answer,
    a: `f${answer.a}`,
    b: `f${answer.b}`,
  }));
  const taught = compareAll(all, { judgements: apart });

  it('is asked while nobody has answered', () => {
    expect(compareAll(all).proposals).toHaveLength(formCount);
  });

  it('is not asked any more, nor joined', () => {
    expect(taught.proposals).toEqual([]);
    expect(taught.setAside).toHaveLength(formCount - 15);
    expect(taught.clusters).toHaveLength(certainCount);
    expect(taught.learnt.released).toEqual({ 'aside/form': expect.any(Number) as number });
  });

  it('is asked again once a person has said "the same" of many of them', () => {
    const judgements = apart.map((answer, n): Judgement => (n < 4 ? { ...answer, verdict: 'same' } : answer));

    expect(compareAll(all, { judgements }).proposals).toHaveLength(formCount - 15);
  });

  it('never takes a slip in a KvK number along', () => {
    const learnt = { ...taught.learnt, released: { 'aside/form': 99 } };
    const [one, other] = (forms[30] ?? []).map((record) => ({ ...record, ibans: ['NL91ABNA0417164300'] }));
    const bandOf = (kvk: string | null) =>
      comparePair({ ...one, kvk: '99000021' } as MatchRecord, { ...other, kvk } as MatchRecord, { learnt })
        .band;

    expect(bandOf(null)).toBe('separate');
    expect(bandOf('99000024')).toBe('ask');
  });

  it('gives a single record the same verdict, and says why; a double inside one administration stays one', () => {
    const [one, other] = forms[30] as [MatchRecord, MatchRecord];
    const { learnt } = taught;
    const verdict = comparePair(one, other, { learnt });

    expect(comparePair(one, other, { learnt: { ...learnt, released: {} } }).band).toBe('ask');
    expect(verdict.band).toBe('separate');
    expect(verdict.reasons).toContainEqual({ key: 'set-aside-form', params: { answers: 15 }, weight: 0 });
    expect(verdict.reasons.map(({ key }) => key)).toContain('hold-form');
    expect(comparePair(one, { ...other, administrationId: 'a' }, { learnt }).band).toBe('ask');
    expect(compareAll(forms[30] ?? [], { learnt }).proposals).toEqual([]);
  });
});

describe('what answers teach', () => {
  it('is asked pair by pair while nobody has answered', () => {
    expect(compareAll(records).proposals).toHaveLength(movedCount);
  });

  it('spares the other questions of that kind', () => {
    const outcome = compareAll(records, { judgements: answers(55) });

    expect(outcome.proposals).toEqual([]);
    expect(outcome.clusters).toHaveLength(movedCount + certainCount);
    expect(outcome.learnt.released).toEqual({ 'hold-other-address': expect.any(Number) as number });
  });

  it('risks what joining the open questions makes, not pairs that others have joined already', () => {
    const joined = certain.slice(0, 200);
    const learntFrom = (certainOnes: readonly MatchRecord[][]) =>
      compareAll([...moved, ...certainOnes].flat(), { judgements: answers(55) });
    // The first, of which no address is known, joins the second by the number and the third by the account.
    const threes = joined.map(([one, other], n) => {
      const ibans = [iban(movedCount + n)];
      const at = (street: string, postcode: string) => ({ addressLine1: `${street} ${n + 300}`, postcode });
      return [
        { ...one, ibans },
        { ...other, ibans, ...at('Havenkade', '3822CD') },
        { ...one, ibans, ...at('Dorpsstraat', '3811AB'), id: `c${n}`, administrationId: 'c', kvk: null },
      ];
    }) as MatchRecord[][];

    expect(Object.keys(learntFrom(joined).learnt.released)).toEqual(['hold-other-address']);
    expect(Object.keys(learntFrom(threes).learnt.released)).toEqual(['hold-other-address']);
  });

  it('says nothing when the pairs were decided in a batch', () => {
    expect(questionsWith(answers(55, { isAnswer: false }))).toBe(movedCount - 55);
  });

  it('says nothing where all that was answered is one company in many administrations', () => {
    const links = answers(54).map(({ a }, n): Judgement => ({ a, b: `${n + 1}-a`, verdict: 'same' }));

    expect(compareAll(records, { judgements: [...links, ...answers(55)] }).learnt.released).toEqual({});
  });

  it('says nothing once one of them was not the same', () => {
    const [first, ...others] = answers(55);
    const judgements = [{ ...(first as Judgement), verdict: 'different' as const }, ...others];

    expect(questionsWith(judgements)).toBe(movedCount - 55);
  });

  it('gives a single record the same verdict, and says why', () => {
    const { learnt } = compareAll(records, { judgements: answers(55) });
    const stored = readLearntModel(JSON.parse(JSON.stringify(learnt))) ?? nothingLearnt;
    const [one, other] = moved[70] as [MatchRecord, MatchRecord];
    const verdict = comparePair(one, other, { learnt: stored });

    expect(comparePair(one, other, { learnt: { ...stored, released: {} } }).band).toBe('ask');
    expect(verdict.band).toBe('automatic');
    expect(verdict.reasons.map(({ key }) => key)).toContain('released-by-answers');
  });

  it('is kept when only some of the records are compared later', () => {
    const { learnt } = compareAll(records, { judgements: answers(55) });

    expect(compareAll(moved[70] ?? [], { learnt }).clusters).toHaveLength(1);
    expect(compareAll(moved[70] ?? [], { learnt }).learnt).toEqual(learnt);
  });
});
