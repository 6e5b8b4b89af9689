import '@angular/localize/init';
import { describe, expect, it } from 'vitest';
import { closedText } from './closed-text.js';

const ways = (...kinds: ('approve' | 'reject' | 'ignore')[]) =>
  kinds.map((kind) => ({ kind, url: null, label: { nl: '', en: '' } }));
const bank = { cause: 'bank-account-changed', waysOut: ways('approve', 'reject') };
const address = { cause: 'address-differs', waysOut: ways('approve', 'reject') };
const other = { cause: 'write-refused', waysOut: ways('ignore') };

describe('closedText', () => {
  it.each([
    [bank, 'resolved', 'Anna', 'Goedgekeurd door Anna'],
    [bank, 'resolved', 'Koppel', 'Opgelost door Koppel'],
    [bank, 'ignored', 'Anna', 'Afgewezen door Anna'],
    [address, 'resolved', 'Anna', 'Opgelost door Anna'],
    [other, 'resolved', 'Koppel', 'Opgelost door Koppel'],
    [other, 'ignored', 'Anna', 'Genegeerd door Anna'],
    [other, 'resolved', null, 'Opgelost'],
  ] as const)('says of %j, %s by %s: %s', (issue, state, closedBy, text) => {
    expect(closedText({ ...issue, state, closedBy })).toBe(text);
  });
});
