import { describe, expect, it } from 'vitest';
import { normaliseAddress, normalisePostcode } from './normalise-address.js';

const read = (addressLine1: string, rest: Partial<Parameters<typeof normaliseAddress>[0]> = {}) =>
  normaliseAddress({ addressLine1, postcode: null, city: null, country: null, ...rest });

describe('normaliseAddress', () => {
  it.each([
    ['Dorpsstraat 12', 'dorpsstraat', '12', ''],
    ['Dorpsstr. 12 bis', 'dorpsstraat', '12', 'bis'],
    ['Dorpsstraat 12-A', 'dorpsstraat', '12', 'a'],
    ['Dorpsstraat 12a', 'dorpsstraat', '12', 'a'],
    ['Prof. Lorentzln 3-2', 'professorlorentzlaan', '3', '2'],
    ['Plein 1945 nr. 7', 'plein1945', '7', ''],
    ['Burg. de Vlugtlaan 004', 'burgemeesterdevlugtlaan', '4', ''],
    ['12 rue Haute', 'ruehaute', '12', ''],
    ['Kade', 'kade', '', ''],
    ['Marktplein 1 (p/a kantoor)', 'marktplein', '1', ''],
    ['n.v.t.', '', '', ''],
  ])('reads %s', (line, street, number, addition) => {
    expect(read(line)).toMatchObject({ street, number, addition });
  });

  it('knows a PO box from a visiting address', () => {
    expect(read('Postbus 45')).toMatchObject({ isPostbus: true, number: '45' });
    expect(read('Postbusstraat 45')).toMatchObject({ isPostbus: false });
  });

  it.each([
    ["'s-Gravenhage", 'Den Haag'],
    ["'s Hertogenbosch", 'DEN BOSCH'],
    ['Alphen aan den Rijn', 'Alphen a/d Rijn'],
    ['Koeln', 'Köln'],
    ['Bruxelles', 'Brussel'],
    ['Bergen op Zoom', 'Bergen o/z'],
    ['Leeuwarden', 'Ljouwert'],
    ['Nuenen', 'Nuenen, Gerwen en Nederwetten'],
  ])('%s and %s are one place', (one, other) => {
    expect(read('', { city: one }).city).toBe(read('', { city: other }).city);
  });

  it.each([
    ['1234 ab', 'NL', '1234AB'],
    ['1234', 'NL', '1234'],
    ['0000', 'NL', ''],
    ['NL-1234 AB', 'NL', '1234AB'],
    ['NL 1234AB', 'NL', '1234AB'],
    ['B-9000', 'BE', '9000'],
    ['D-50667', 'DE', '50667'],
    ['', 'NL', ''],
  ])('postcode %s in %s is "%s"', (text, country, expected) => {
    expect(normalisePostcode(text, country)).toBe(expected);
  });
});
