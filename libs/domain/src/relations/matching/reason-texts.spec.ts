import { describe, expect, it } from 'vitest';
import { reasonName, reasonSentence, reasonTexts } from './reason-texts.js';

describe('reasonTexts', () => {
  it.each(Object.entries(reasonTexts))(
    '%s has a Dutch and an English sentence with equal parameters',
    (_, text) => {
      const parameters = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).sort();

      expect(text.nl).not.toBe('');
      expect(text.en).not.toBe('');
      expect(parameters(text.nl)).toEqual(parameters(text.en));
    },
  );

  it.each(Object.keys(reasonTexts))('%s has a name without values, for a list', (key) => {
    const name = reasonName(key);
    for (const sentence of [name?.nl, name?.en]) expect(sentence).toMatch(/^[^{}]{6,}$/);
  });

  it('has no name for a reason that it does not know', () => {
    expect(reasonName('phone-equal-shared')?.nl).toBe(
      'telefoonnummer wordt door meerdere bedrijven gebruikt en telt daarom niet mee',
    );
    expect(reasonName('toString')).toBeUndefined();
  });

  it('fills a sentence, and shows the key of a reason it does not know', () => {
    const reason = { key: 'phone-equal-shared', params: { value: '+31201234567', companies: 23 } };

    expect(reasonSentence(reason, 'nl')).toBe(
      'telefoonnummer +31201234567 wordt door 23 bedrijven gebruikt en telt daarom niet mee',
    );
    expect(reasonSentence({ key: 'of-a-later-version', params: {} }, 'en')).toBe('of-a-later-version');
  });

  it.each([
    ['veto-group', 'holding', '-', 'ander bedrijf binnen een groep (holding; de andere naam heeft er geen)'],
    ['veto-numeral', '-', '2', 'ander bedrijf uit een reeks (2; de andere naam heeft er geen)'],
    ['form-implied', '-', 'stichting', 'rechtsvorm staat maar bij één van beide (stichting)'],
    ['hold-form', 'stichting', '-', 'is de rechtsvorm dezelfde? (stichting)'],
    ['hold-place', 'Ede', '-', 'hoort de plaats bij de naam? (Ede)'],
    ['hold-form', 'B.V.', 'V.O.F.', 'is de rechtsvorm dezelfde? (B.V. en V.O.F.)'],
  ])('%s of "%s" and "%s" says so', (key, a, b, sentence) => {
    expect(reasonSentence({ key, params: { a, b } }, 'nl')).toBe(sentence);
    expect(reasonSentence({ key, params: { a, b } }, 'en')).not.toContain('-');
  });
});
