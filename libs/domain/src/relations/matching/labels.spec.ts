import { describe, expect, it } from 'vitest';
import { formLabel, groupLabel, placeLabel } from './labels.js';
import { comparePair, reasonSentence } from './index.js';
import { aMatchRecord } from './testing/a-match-record.js';

describe('what reasons call things', () => {
  it.each([
    ['bv', 'B.V.'],
    ['gmbhcokg', 'GmbH & Co. KG'],
    ['cooperatie', 'coöperatie'],
    ['maatschap', 'maatschap'],
    ['vzw', 'VZW'],
  ])('the form %s is %s', (code, label) => {
    expect(formLabel(code)).toBe(label);
  });

  it.each([
    ['onroerendgoed', 'onroerend goed'],
    ['beheer+vastgoed', 'beheer + vastgoed'],
    ['', ''],
  ])('the group words "%s" are "%s"', (group, label) => {
    expect(groupLabel(group)).toBe(label);
  });

  it.each([
    ['den haag', 'Den Haag'],
    ['bergen op zoom', 'Bergen op Zoom'],
    ['ijsselstein', 'IJsselstein'],
    ['alphen a/d rijn', 'Alphen a/d Rijn'],
  ])('the place %s is %s', (place, label) => {
    expect(placeLabel(place)).toBe(label);
  });

  it.each([
    ['Vlier B.V.', 'Vlier V.O.F.', 'verschillende rechtsvormen (B.V. en V.O.F.)'],
    [
      'Vlier Onroerend Goed B.V.',
      'Vlier B.V.',
      'ander bedrijf binnen een groep (onroerend goed; de andere naam heeft er geen)',
    ],
    ['Vlier Zwolle', 'Vlier Den Bosch', 'andere vestiging van een formule (Zwolle en Den Bosch)'],
  ])('%s and %s: %s', (one, other, sentence) => {
    const address = { addressLine1: 'Kade 9', postcode: '1234AB' };
    const { reasons, vetoes } = comparePair(
      aMatchRecord({ id: 'a', name: one, ...address }),
      aMatchRecord({ id: 'b', administrationId: 'B', name: other, ...address }),
    );

    expect([...reasons, ...vetoes].map((reason) => reasonSentence(reason, 'nl'))).toContain(sentence);
  });
});
