import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameStem, normaliseNames } from './normalise-name.js';
import { foldText } from './normalise-text.js';

const first = (name: string, city = ''): ReturnType<typeof normaliseNames>[number] | undefined =>
  normaliseNames(name, city)[0];

describe('normaliseNames', () => {
  it.each([
    ['De Eik B.V.', 'eik', 'bv'],
    ['de eik bv', 'eik', 'bv'],
    ['De Eik V.O.F.', 'eik', 'vof'],
    ['Jansen & Co. B.V.', 'co jansen', 'bv'],
    ['Jansen & Co', 'co jansen', undefined],
    ['Jansen and Co', 'co jansen', undefined],
    ['Stichting Wonen Oost', 'oost wonen', 'stichting'],
    ['Coop', 'coop', undefined],
    ['B.V.', 'bv', undefined],
    ['A-B-C Bouw B.V.', 'abc bouw', 'bv'],
    ['De Boer Metaal B.V. i.o.', 'boer metaal', 'bv'],
    ['Müller GmbH & Co. KG', 'muller', 'gmbhcokg'],
    ['Firma Gebroeders Smit', 'gebr smit', 'vof'],
  ])('C06: %s has base "%s" and form %s', (name, stem, form) => {
    expect(first(name)).toMatchObject({ stem });
    expect(first(name)?.form?.code).toBe(form);
  });

  it('keeps group words and numerals as marks of the stem', () => {
    expect(first('AB Vastgoed II B.V.')).toMatchObject({ core: ['ab'], group: 'vastgoed', numeral: '2' });
    expect(nameStem('Viser Wind 2')).toBe(nameStem('VISER WIND II B.V.'));
    expect(nameStem('Solvina Holding')).not.toBe(nameStem('Solvina'));
  });

  it('takes a place off the end, but not out of a surname and not as the only word', () => {
    expect(first('Coneco Kappers Zwolle B.V.')).toMatchObject({
      core: ['coneco', 'kappers'],
      place: 'zwolle',
    });
    expect(first('Raberpro U.A. Ons Dorp', 'ons dorp')).toMatchObject({
      core: ['raberpro'],
      place: 'ons dorp',
    });
    expect(first('Jan van den Bosch')).toMatchObject({ place: '' });
    expect(first('Den Haag')).toMatchObject({ place: '' });
  });

  it.each([
    ['Zandstra h.o.d.n. Eikenhof Interieur', ['zandstra', 'eikenhof interieur']],
    ['Eikenhof v/h Klaver Wonen', ['eikenhof', 'klaver wonen']],
    ['Eikenhof (voorheen Klaver Wonen)', ['eikenhof', 'klaver wonen']],
    ['Diversen', []],
    ['n.v.t.', []],
    ['', []],
  ])('reads the names in "%s"', (text, stems) => {
    expect(normaliseNames(text).map((name) => name.stem)).toEqual(stems);
  });

  it.each(['Jan van den Berg', 'Berg, Jan van den', 'van den Berg Jan', 'Dhr. Jan van den Berg'])(
    'C14: %s is Jan Berg, a person',
    (name) => {
      expect(first(name)).toMatchObject({ person: { surname: 'berg', given: 'jan' } });
    },
  );

  it('C14: does not split a company into person parts', () => {
    expect(first('Twee Plus Twee')?.person).toBeNull();
    expect(first('A. de Wit Timmerwerken')?.person).toBeNull();
  });

  it('gives the same name for the folded text as for the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        expect(normaliseNames(foldText(text))).toEqual(normaliseNames(text));
      }),
    );
  });

  it('never gives a name without words, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        for (const name of normaliseNames(text)) expect(name.core.join('')).not.toBe('');
      }),
    );
  });
});
