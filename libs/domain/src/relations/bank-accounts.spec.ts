import { describe, expect, it } from 'vitest';
import { bankAccountsOf } from './bank-accounts.js';

describe('bankAccountsOf', () => {
  it('counts an account that two administrations print differently once, and loses none (C12)', () => {
    const a = ['NL13 TEST 0123 4567 89', 'DE37 9999 9999 0123 4567 89'];
    const b = ['nl13test0123456789', 'BE44 9990 1234 5645'];

    expect(bankAccountsOf([a, b])).toEqual([
      'BE44999012345645',
      'DE37999999990123456789',
      'NL13TEST0123456789',
    ]);
  });

  it('keeps a number that is no IBAN, and no blanks', () => {
    expect(bankAccountsOf([['12 34', ' '], []])).toEqual(['1234']);
  });
});
