import { describe, expect, it } from 'vitest';
import { refusalKindOf } from './refusal.js';

describe('refusalKindOf', () => {
  it.each([
    ['Gegeven bestaat reeds.', 'already-exists'],
    ['Data already exists.', 'already-exists'],
    ['Ongeldige referentie: Betalingsconditie', 'unknown-code'],
    ['Invalid reference: Payment condition', 'unknown-code'],
    ['Ongeldige referentie: Btw-code', 'unknown-code'],
    ['Invalid reference: VAT code 99', 'unknown-code'],
    ['Ongeldig grootboekrekeningtype', 'ledger-account'],
    ['Invalid G/L account type', 'ledger-account'],
    ['Geblokkeerd: Grootboekrekening', 'ledger-account'],
    ['Blocked: G/L account', 'ledger-account'],
    ['Periode is afgesloten', 'period-closed'],
    ['Period is closed', 'period-closed'],
    ['Relatie is geen klant', 'not-customer-or-supplier'],
    ['Relatie is geen leverancier', 'not-customer-or-supplier'],
    ['Account is not a supplier', 'not-customer-or-supplier'],
  ])('reads %j as %s', (message, kind) => {
    expect(refusalKindOf(message)).toBe(kind);
  });

  it.each([
    '',
    'Verplicht: Naam',
    'Ongeldige referentie: Land',
    'Geblokkeerd: Relatie',
    'Die Daten sind bereits vorhanden.',
    'Opmerking: Periode is afgesloten',
  ])('makes nothing of %j', (message) => {
    expect(refusalKindOf(message)).toBeUndefined();
  });
});
