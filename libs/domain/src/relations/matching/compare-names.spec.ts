import { describe, expect, it } from 'vitest';
import { compareNames } from './compare-names.js';
import { noNameModel } from './name-model.js';
import { normaliseNames } from './normalise-name.js';

describe('the bits of two spellings of one name', () => {
  it.each([
    ['JansenBV', 'Jansen B.V.', 'company', 'equal'],
    ['Bouwbedrijf Lumiri', 'Bouw Bedrijf Lumiri', 'company', 'equal'],
    ['Schilders Jansenn', 'Schilders Jansen', 'company', 'typo'],
    ['Piet Jansenn', 'Piet Jansen', 'person', 'typo'],
  ] as const)('are those of the usual one in either order: %s, %s', (odd, usual, kind, level) => {
    const [a, b] = [normaliseNames(odd, '', kind), normaliseNames(usual, '', kind)];
    const least = Math.min(...[a, b].map((names) => compareNames(names, names, noNameModel).bits));

    expect(compareNames(a, b, noNameModel)).toMatchObject({ level, bits: least });
    expect(compareNames(b, a, noNameModel)).toMatchObject({ level, bits: least });
  });
});

describe('a word more in one of two names', () => {
  it.each([
    ['Import den Boer', 'Import dne Boer', 'typo'],
    ['Gebr. van den Riekerink', 'Gebr. vaan den Riekerink', 'typo'],
    ['ter Blom & Linden Dranken B.V.', 'tr Blom & Linden Dranken B.V.', 'typo'],
    ['Import Riekerink', 'Import Dak Riekerink', 'contained'],
    ['van Riekerink Glas B.V.', 'van Riekerink Glas Dak B.V.', 'contained'],
    ['Glas den Boer Beheer B.V.', 'Glas dne Boer B.V.', 'contained'],
  ] as const)('is a misspelt tussenvoegsel or a word: %s, %s', (one, other, level) => {
    const [a, b] = [normaliseNames(one, '', 'company'), normaliseNames(other, '', 'company')];

    expect(compareNames(a, b, noNameModel).level).toBe(level);
    expect(compareNames(b, a, noNameModel).level).toBe(level);
  });
});
