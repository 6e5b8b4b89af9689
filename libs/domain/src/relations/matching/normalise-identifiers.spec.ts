import { describe, expect, it } from 'vitest';
import {
  normaliseIban,
  normaliseKvk,
  normaliseKvkBranch,
  normaliseRsin,
  normaliseVat,
  vatState,
} from './normalise-identifiers.js';

describe('VAT numbers', () => {
  it.each([
    ['NL999991234B91', 'NL', 'valid'], // mod 97 passes, eleven test fails
    ['NL999990007B01', 'NL', 'valid'], // eleven test passes
    ['NL999991234B92', 'NL', 'invalid'],
    ['NL000099998B57', 'NL', 'valid'],
    ['BE 0999.012.304', 'BE', 'valid'],
    ['BE0999012305', 'BE', 'invalid'],
    ['DE999012341', 'DE', 'valid'],
    ['/', 'NL', 'absent'],
    ['n.v.t.', 'NL', 'absent'],
    ['', 'NL', 'absent'],
    [null, null, 'absent'],
  ])('C11: %s in %s is %s', (text, country, state) => {
    expect(vatState(text, country)).toBe(state);
  });

  it.each([
    ['nl 9999.91.234.b91', 'NL999991234B91', null],
    ['999991234B91', 'NL999991234B91', 'NL'],
    ['0999.012.304', 'BE0999012304', 'BE'],
    ['BTW NL999991234B91', 'NL999991234B91', null],
    ['btw-nr.: NL 9999.91.234.B91', 'NL999991234B91', null],
    ['VAT no. NL999991234B91', 'NL999991234B91', null],
    ['BTW-nummer 999991234B91', 'NL999991234B91', 'NL'],
    ['TVA BE 0999.012.304', 'BE0999012304', 'BE'],
  ])('C11: reads %s as %s', (text, same, country) => {
    expect(normaliseVat(text, country)).toEqual(normaliseVat(same));
  });

  it('C11: does not take a German number in a Belgian record for the bare digits there', () => {
    expect(normaliseVat('DE999012341', 'BE')).not.toEqual(normaliseVat('999012341', 'BE'));
  });

  it('tells numbers of legal entities, whose root is the RSIN, from those of sole traders', () => {
    expect(normaliseVat('NL999990007B01')).toMatchObject({ kind: 'entity', root: '999990007', suffix: '01' });
    expect(normaliseVat('NL999991234B91')).toMatchObject({ kind: 'sole-trader' });
  });
});

describe('KvK numbers', () => {
  it.each([
    ['01234567', '01234567'],
    ['1234567', '01234567'],
    [' 9900 0021 ', '99000021'],
    ['KvK 99000021', '99000021'],
    ['99000021.0', '99000021'],
    ['1234567.0', '01234567'],
    ['99.00.00.21', '99000021'],
    ['01234567 000012345678', '01234567'],
    ['00000000', null],
    ['12345678', null],
    ['99999999', null],
    ['123', null],
    ['geen', null],
    [null, null],
  ])('C11: %s is %s', (text, expected) => {
    expect(normaliseKvk(text)).toBe(expected);
  });

  it('C11: finds the branch number behind the number, and none where there is none', () => {
    expect(normaliseKvkBranch('01234567 000012345678')).toBe('000012345678');
    expect(normaliseKvkBranch('01234567')).toBeNull();
  });
});

describe('RSIN and IBAN', () => {
  it('accepts an RSIN that passes the eleven test only', () => {
    expect(normaliseRsin('9999.90.007')).toBe('999990007');
    expect(normaliseRsin('999990008')).toBeNull();
  });

  it.each([
    ['NL13 TEST 0123 4567 89', 'NL13TEST0123456789'],
    ['nl13test0123456789', 'NL13TEST0123456789'],
    ['DE37 9999 9999 0123 4567 89', 'DE37999999990123456789'],
    ['BE44 9990 1234 5645', 'BE44999012345645'],
    ['IBAN: NL13 TEST 0123 4567 89', 'NL13TEST0123456789'],
    ['NL13TEST0123456789 t.n.v. De Eik', 'NL13TEST0123456789'],
    ['NL13TEST0123456789 (G-rekening)', 'NL13TEST0123456789'],
    ['NL14TEST0123456789 t.n.v. De Eik', null],
    ['NL14TEST0123456789', null],
    ['', null],
  ])('C12: %s is %s', (text, expected) => {
    expect(normaliseIban(text)).toBe(expected);
  });
});
