import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from './normalise-text.js';

describe('foldText', () => {
  it.each([
    ['Rene\u0301e Bo\u0308hm', 'Renée Böhm'],
    ['\ufb01etswerk@voorbeeld.test', 'fietswerk@voorbeeld.test'],
    ['Bouwbedrijf De Eik', 'Bouwbedrijf  De\u200b Eik '],
    ['Van Dijk Tegels', 'Van Dĳk Tegels'],
    ['Jansen &amp; Zoon', 'Jansen & Zoon'],
    ['Jansen &amp;amp; Zoon', 'Jansen & Zoon'],
    ['Linde\u0000Bouw', 'LindeBouw'],
    ['\u202eZonneveld\u202c', 'Zonneveld'],
  ])('C02: %j and %j are one text', (one, other) => {
    expect(foldText(one)).toBe(foldText(other));
  });

  it('reads at most 400 characters of a text', () => {
    expect(foldText('x'.repeat(10_000))).toHaveLength(400);
  });

  it('changes nothing the second time', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 80 }).filter((text) => !text.includes('&'));
    fc.assert(fc.property(texts, (text) => foldText(foldText(text)) === foldText(text)));
  });
});
