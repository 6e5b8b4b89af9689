import { describe, expect, it } from 'vitest';
import { compareAll, compareOne, type MatchRecord, type Outcome } from './index.js';
import { aMatchRecord } from './testing/a-match-record.js';

const kade = { addressLine1: 'Kade 9', postcode: '1234AB', city: 'Voorbeeldstad' };
const record = (id: string, known: Partial<MatchRecord> = {}): MatchRecord =>
  aMatchRecord({ id, administrationId: id.slice(0, 1), ...known });
const groups = (outcome: Outcome): string[] => outcome.clusters.map((cluster) => cluster.members.join('+'));
const questions = (outcome: Outcome): string[] => outcome.proposals.map(({ a, b }) => `${a}?${b}`).sort();

function* permutations<T>(items: readonly T[]): Generator<T[]> {
  if (items.length === 0) yield [];
  for (const [at, item] of items.entries()) {
    for (const rest of permutations(items.toSpliced(at, 1))) yield [item, ...rest];
  }
}

describe('compareAll', () => {
  it('C01: joins and asks nothing on empty and placeholder values', () => {
    const fillers: Partial<MatchRecord>[] = [
      { email: '' },
      { email: null },
      { vat: '/' },
      { kvk: '00000000' },
      { phone: '0000000000' },
      { email: 'geen@geen.invalid' },
      { email: 'n.v.t.' },
    ];
    const words = ['Zonneveld', 'Klaverblad', 'Ruiterbos', 'Molenwerf', 'Eikenhof', 'Duinzicht', 'Waterland'];
    const records = words.flatMap((word, n) =>
      ['A', 'B', 'C'].map((a, m) =>
        record(`${a}${n}`, { name: `${word.slice(m)}${'xyz'[m]}${n}`, ...fillers[n] }),
      ),
    );

    const outcome = compareAll(records);

    expect([outcome.clusters, outcome.proposals, outcome.doubles]).toEqual([[], [], []]);
  });

  it('C07: asks about the record without a number, with both companies as options', () => {
    const linde = { name: 'Linde Bouw B.V.' };

    const outcome = compareAll([
      record('A1', { name: 'Linde Holding B.V.', kvk: '99000001', vat: 'NL999993008B33', ...kade }),
      record('B1', { ...linde, kvk: '99000042', vat: 'NL999993008B33', ...kade }),
      record('A2', { ...linde, ...kade }),
      record('C1', { ...linde, kvk: '99000173' }),
    ]);

    expect(groups(outcome)).toEqual([]);
    expect(questions(outcome)).toEqual(['A2?B1', 'A2?C1']);
  });

  it("C08: joins none of five sole traders with their accountant's mailbox and address", () => {
    const traders = [
      'Slagerij Molenaar',
      'Rijschool Klaver',
      'Kapsalon Iris',
      'Hoveniers Duin',
      'Dakwerken Ruiter',
    ];

    const outcome = compareAll(
      traders.map((name, n) =>
        record(`${'AB'[n % 2]}${n}`, {
          name,
          email: 'administratie@kantoor-voorbeeld.nl',
          addressLine1: 'Marktplein 1 (p/a kantoor)',
          postcode: '2325CJ',
        }),
      ),
    );

    expect([groups(outcome), questions(outcome)]).toEqual([[], []]);
  });

  it('C09: never makes one group of a chain whose ends contradict, in any order', () => {
    const chain = [
      record('A1', { name: 'De Eikenhof', kvk: '99000011', email: 'x.eik@eikenhof.nl', phone: '0201234567' }),
      record('B1', { name: 'De Eikenhof', email: 'x.eik@eikenhof.nl', ibans: ['NL13TEST0123456789'] }),
      record('C1', { name: 'De Eikenhof', kvk: '99000552', ibans: ['NL13TEST0123456789'] }),
    ];
    const outcomes = [...permutations(chain)].map((records) => compareAll(records));

    expect(outcomes).toHaveLength(6);
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
    expect(outcomes[0]?.clusters.filter((cluster) => cluster.members.length > 2)).toEqual([]);
    expect(questions(outcomes[0] ?? compareAll([]))).toContain('A1?B1');
    expect(questions(outcomes[0] ?? compareAll([]))).toContain('B1?C1');
  });

  it('C10: reports doubles inside one administration and leaves the tie to a person', () => {
    const vlier = { name: 'Vlier Advies B.V.', kvk: '99000021' };

    const outcome = compareAll([
      record('A1', { ...vlier, code: '1001' }),
      record('A2', { ...vlier, name: 'Vlier Advies BV', code: '1002' }),
      record('B1', { ...vlier, code: '2001' }),
    ]);

    expect(groups(outcome)).toEqual([]);
    expect(outcome.doubles).toMatchObject([{ administrationId: 'A', members: ['A1', 'A2'] }]);
    expect(outcome.doubles[0]?.pairs[0]?.reasons.at(-1)?.key).toBe('hold-same-administration');
    expect(questions(outcome)).toEqual(['A1?B1', 'A2?B1']);
  });

  it('C10: joins the double that fits clearly better and leaves the other one alone', () => {
    const vlier = { name: 'Vlier Advies B.V.', kvk: '99000021' };

    const outcome = compareAll([
      record('A1', { ...vlier, phone: '0201234567', ...kade }),
      record('A2', vlier),
      record('B1', { ...vlier, phone: '0201234567', ...kade }),
    ]);

    expect(groups(outcome)).toEqual(['A1+B1']);
    expect(outcome.doubles).toMatchObject([{ members: ['A1', 'A2'] }]);
  });

  it('C12: finds the common account whatever the blanks and capitals', () => {
    const a = record('A1', {
      name: 'Zonneveld Glas',
      ibans: ['NL13 TEST 0123 4567 89', 'DE37 9999 9999 0123 4567 89'],
      ...kade,
    });
    const b = record('B1', {
      name: 'Zonneveld Glas',
      ibans: ['nl13test0123456789', 'BE44 9990 1234 5645'],
      ...kade,
    });

    const [verdict] = compareOne(a, [b]);

    expect(verdict?.reasons).toContainEqual(
      expect.objectContaining({ key: 'iban-equal', params: { value: '…6789', companies: 1 } }),
    );
  });

  it('gives the score of the worst pair as that of the group', () => {
    const outcome = compareAll([
      record('A1', { name: 'Zonneveld Glas', kvk: '99000021', ...kade }),
      record('B1', { name: 'Zonneveld Glas', kvk: '99000021', phone: '0201234567', ...kade }),
      record('C1', { name: 'Zonneveld Glas', phone: '0201234567', ...kade }),
    ]);
    const worst = Math.min(
      ...compareOne(record('C1', { name: 'Zonneveld Glas', phone: '0201234567', ...kade }), [
        record('A1', { name: 'Zonneveld Glas', kvk: '99000021', ...kade }),
      ]).map((verdict) => verdict.score),
    );

    expect(groups(outcome)).toEqual(['A1+B1+C1']);
    expect(outcome.clusters[0]?.score).toBeCloseTo(worst, 9);
  });

  it('asks once for two groups, about their best pair', () => {
    const a = { name: 'Zonneveld Glas B.V.', kvk: '99000021', ...kade };
    const c = {
      name: 'Zonneveld Glas B.V.',
      vat: 'NL999990007B01',
      addressLine1: 'Hof 3',
      postcode: '5678CD',
      city: 'Breda',
    };

    const outcome = compareAll([
      record('A1', a),
      record('B1', a),
      record('C1', c),
      record('D1', { ...c, email: 'info@zonneveldglas.nl' }),
      record('B2', { name: 'Los B.V.', email: 'info@zonneveldglas.nl' }),
    ]);

    expect(groups(outcome)).toEqual(['A1+B1', 'C1+D1']);
    expect(outcome.proposals.filter(({ a: one }) => one === 'A1' || one === 'B1').length).toBeLessThanOrEqual(
      1,
    );
  });

  it('joins no own company with an outsider', () => {
    const own = { name: 'Linde Bouw B.V.', kvk: '99000021' };

    const outcome = compareAll([
      record('A1', { ...own, isOwnCompany: true }),
      record('B1', own),
      record('C1', own),
    ]);

    expect(groups(outcome)).toEqual(['B1+C1']);
  });

  it('refuses an id that occurs twice', () => {
    expect(() => compareAll([record('A1'), record('A1')])).toThrow(RangeError);
  });

  it('takes any iterable and reports progress up to the end', () => {
    const done: number[] = [];
    function* stream(): Generator<MatchRecord> {
      for (let n = 0; n < 5_000; n++) yield record(`A${n}`, { name: `Naam${n.toString(36)}` });
    }

    const outcome = compareAll(stream(), { onProgress: (step) => done.push(step) });

    expect(outcome.statistics).toMatchObject({ records: 5_000, administrations: 1 });
    expect(done.at(-1)).toBe(10_000);
    expect(done).toEqual(done.toSorted((one, other) => one - other));
  });

  it('divides a key of very many records instead of dropping it', () => {
    const hub = { addressLine1: 'Marktplein 1', postcode: '2325CJ', city: 'Leiden' };
    const word = (n: number): string => `Q${n.toString(2).replaceAll('0', 'ba').replaceAll('1', 'ko')}`;
    const pairs = Array.from({ length: 90 }, (_, n) =>
      ['A', 'B'].map((a) =>
        record(`${a}${n}`, { name: word(n + 64), kvk: String(99000100 + n * 37), ...hub }),
      ),
    );

    const outcome = compareAll(pairs.flat());

    expect(outcome.statistics.keysDivided).toBeGreaterThan(0);
    expect(outcome.clusters).toHaveLength(90);
  });
});

describe('judgements', () => {
  const glas = { name: 'Zonneveld Glas B.V.', kvk: '99000021' };

  it('keeps apart what a person called different, and asks it never again', () => {
    const records = [record('A1', glas), record('B1', glas), record('C1', glas)];

    const outcome = compareAll(records, { judgements: [{ a: 'B1', b: 'A1', verdict: 'different' }] });

    expect(outcome.clusters.some(({ members }) => members.includes('A1') && members.includes('B1'))).toBe(
      false,
    );
    expect(questions(outcome)).not.toContain('A1?B1');
  });

  it('joins what a person called the same, whatever speaks against it', () => {
    const records = [
      record('A1', { name: 'Zonneveld Glas', kvk: '99000021' }),
      record('B1', { name: 'Klaver Hout', kvk: '99000173' }),
    ];

    const outcome = compareAll(records, { judgements: [{ a: 'A1', b: 'B1', verdict: 'same' }] });

    expect(groups(outcome)).toEqual(['A1+B1']);
  });

  it('lets the last judgement on a pair count, so that undo is a new one', () => {
    const records = [record('A1', glas), record('B1', glas)];
    const judgements = (['same', 'different', 'same'] as const).map((verdict) => ({
      a: 'A1',
      b: 'B1',
      verdict,
    }));

    expect(groups(compareAll(records, { judgements: judgements.slice(0, 2) }))).toEqual([]);
    expect(groups(compareAll(records, { judgements }))).toEqual(['A1+B1']);
  });

  it("lets two doubles of one administration into a group only on a person's word", () => {
    const records = [record('A1', glas), record('A2', glas), record('B1', glas)];

    const outcome = compareAll(records, {
      judgements: [
        { a: 'A1', b: 'B1', verdict: 'same' },
        { a: 'A2', b: 'B1', verdict: 'same' },
      ],
    });

    expect(groups(outcome)).toEqual(['A1+A2+B1']);
  });
});
