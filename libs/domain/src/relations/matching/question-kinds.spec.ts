import { describe, expect, it } from 'vitest';
import { comparePair, nothingLearnt, type MatchRecord } from './index.js';
import { aMatchRecord } from './testing/a-match-record.js';

type Known = Partial<MatchRecord>;

/** The band of two records that are a question, once all questions of a kind are joined or set aside. */
function bandOnce(released: Readonly<Record<string, number>>, [one, other]: readonly [Known, Known]): string {
  const [a, b] = [
    aMatchRecord({ id: 'a', ...one }),
    aMatchRecord({ id: 'b', administrationId: 'B', ...other }),
  ];
  expect(comparePair(a, b).band).toBe('ask');
  return comparePair(a, b, { learnt: { ...nothingLearnt, released } }).band;
}

describe('kinds of questions', () => {
  const [lowScore, person, otherForm] = [
    { 'low-score': -99 },
    { 'hold-no-proof/person': -99 },
    { 'aside/form': 99 },
  ];
  const street = { addressLine1: 'Kade 12', postcode: '9711CD', city: 'Groningen' };
  const farther = { ...street, addressLine1: 'Kade 90' };

  it('take one name and too few bits beside something else in common for one, and not the name alone', () => {
    const usual = { name: 'Bouwbedrijf Jansen' };
    const rare = { name: 'Boterwerf', city: 'Groningen' };

    expect(
      bandOnce(lowScore, [
        { ...usual, ...street },
        { ...usual, ...farther },
      ]),
    ).toBe('automatic');
    expect(bandOnce(lowScore, [rare, rare])).toBe('ask');
  });

  it('take persons who lack a proof for one where both have their given name in full, initials never', () => {
    const named = { name: 'Willem Harkema' };
    const initials = { name: 'W. Harkema' };

    expect(
      bandOnce(person, [
        { ...named, ...street },
        { ...named, ...farther },
      ]),
    ).toBe('automatic');
    expect(
      bandOnce(person, [
        { ...initials, ...street },
        { ...initials, ...farther },
      ]),
    ).toBe('ask');
  });

  it('take another legal form for one beside other registration numbers too, one form never', () => {
    const reach = { email: 'info@molenaar.example', ...street };
    const [bv, vof] = [
      { name: 'Molenaar B.V.', ...reach },
      { name: 'Molenaar V.O.F.', ...reach },
    ];
    const [one, other] = [{ kvk: '30000017' }, { kvk: '81234564' }];

    expect(bandOnce(otherForm, [bv, vof])).toBe('separate');
    expect(
      bandOnce(otherForm, [
        { ...bv, ...one },
        { ...vof, ...other },
      ]),
    ).toBe('separate');
    expect(
      bandOnce({ ...otherForm, 'aside/registration': 99 }, [
        { ...bv, ...one },
        { ...bv, ...other },
      ]),
    ).toBe('ask');
  });
});
