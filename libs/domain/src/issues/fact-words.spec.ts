import { describe, expect, it } from 'vitest';
import { dataKinds } from '../sync/index.js';
import { sharedFieldNames } from '../relations/index.js';
import { causeTable, fillText } from './cause-table.js';
import { wordsOf } from './fact-words.js';

describe('facts of issues', () => {
  it.each([...dataKinds, 'compare'])('name the kind %s in both languages', (kind) => {
    const words = wordsOf('kind', kind);
    expect(words?.nl).not.toBe(kind);
    expect(words?.en).not.toContain('-');
  });

  it.each([...sharedFieldNames, 'address.line1'])('name the field %s in both languages', (field) => {
    expect(wordsOf('field', field)).toBeDefined();
  });

  it.each([
    ['expired', 'De toestemming is verlopen'],
    ['HTTP 503', 'Exact gaf fout 503'],
    ['HTTP 200, text/html', 'Exact gaf text/html in plaats van gegevens (HTTP 200)'],
    ['network ECONNRESET', 'de verbinding viel weg (ECONNRESET)'],
    ['dropped without a word: phone, address', 'Exact liet zonder melding weg: telefoonnummer, adres'],
    ['Gegeven bestaat reeds.', 'Gegeven bestaat reeds.'],
    ['HTTP 503 / Naam / adres bestaat.', 'Exact gaf fout 503 / Naam / adres bestaat.'],
  ])('say the reason %s in Dutch', (reason, nl) => {
    expect(wordsOf('reason', reason)?.nl).toBe(nl);
  });

  it('leave names and what people typed as they are', () => {
    expect(fillText(causeTable['write-exists'].title, { other: 'phone' }).nl).toBe(
      'Staat al in Exact: phone',
    );
    expect(wordsOf('name', 'expired')).toBeUndefined();
  });

  it('name the likely cause of an old token, and the way out (E15)', () => {
    const { nl, en } = fillText(causeTable['connection-broken'].explanation, { reason: 'old-token' });
    expect(nl).toMatch(/dezelfde Exact-gebruiker .* andere organisatie: .* eigen Exact-gebruiker\. /);
    expect(en).toMatch(/same Exact user .* another organisation .* user of its own\. /);
  });

  it('make whole sentences of the texts', () => {
    const { nl, en } = fillText(causeTable['connection-broken'].explanation, { reason: 'old-token' });
    expect(nl).toMatch(/^Exact zag een oud token en trok daarom de toestemming in\. .*Koppel opnieuw/);
    expect(en).toMatch(/^Exact saw an old token and therefore withdrew the consent\. .*Reconnect/);
    expect(fillText(causeTable['fetch-failed'].title, { kind: 'gl-accounts' }).nl).toBe(
      'Ophalen mislukt: grootboekrekeningen',
    );
  });
});
