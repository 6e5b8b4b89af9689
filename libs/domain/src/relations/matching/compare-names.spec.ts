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
