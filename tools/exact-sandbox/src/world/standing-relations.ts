import type { Division } from '../store/division.js';
import type { Value } from '../store/rows.js';
import { insertRow } from '../store/insert.js';

/** Party numbers below zero are the standing relations; -1 is "nobody known". */
const EXACT_PARTY = -2;
const TAX_PARTY = -3;
const OWN_PARTY_FIRST = -100;
const JUNK_PARTY_FIRST = -10_000;
const JUNK_PER_DIVISION = 10;
const LIMIT_NAME = 'Aannemersbedrijf Van den Heuvel Wegenbouw Nederlan';

/** Relations that every administration has: itself, its sisters, Exact, the tax office, and drawers for odds and ends. */
export function addStandingRelations(division: Division, group: readonly Division[], today: number): void {
  const at = division.profile.createdAt;
  const add = (party: number, mark: string, values: Readonly<Record<string, Value>>): void => {
    const code = division.nextAccountCode;
    division.nextAccountCode += 1;
    const life = { StartDate: Math.floor(at / 86_400_000) * 86_400_000, Country: 'NL' };
    const facts = { $code: code, $party: party, $mark: mark };
    insertRow(division, 'Accounts', { at, user: 0, values: { ...facts, ...life, ...values } });
  };
  add(OWN_PARTY_FIRST - division.ordinal, 'own', { ...ownFacts(division), Type: 'D' });
  add(EXACT_PARTY, 'seeded', { Name: 'Exact Nederland B.V.', City: 'Delft', IsSupplier: true, Status: 'A' });
  add(TAX_PARTY, 'seeded', { Name: 'Belastingdienst', City: 'Apeldoorn', IsSupplier: true, Status: 'A' });
  for (const sister of group.slice(0, 4)) {
    if (sister === division) continue;
    add(OWN_PARTY_FIRST - sister.ordinal, 'intercompany', {
      ...ownFacts(sister),
      Status: 'C',
      IsSupplier: true,
    });
  }
  const junk = JUNK_PARTY_FIRST - division.ordinal * JUNK_PER_DIVISION;
  add(junk, 'junk', { Name: 'Diversen', Status: 'C' });
  add(junk - 1, 'junk', {
    Name: 'Contante verkoop',
    Status: 'C',
    ChamberOfCommerce: '00000000',
    Email: 'geen@geen.nl',
  });
  if (division.ordinal === 0) addOddities(add, junk - 2, today);
}

/** Values that break careless readers: markup, quotes, a NUL, a name as long as Exact allows. */
function addOddities(
  add: (party: number, mark: string, values: Readonly<Record<string, Value>>) => void,
  firstParty: number,
  today: number,
): void {
  add(firstParty, 'oddity', {
    Name: '<b>Bouwservice</b> "De Hoek" &amp; Zn.',
    Status: 'C',
    Remarks: '<img src=x onerror=alert(1)>',
  });
  add(firstParty - 1, 'oddity', {
    Name: 'Kadelaar Schilderwerken',
    IsSupplier: true,
    Remarks: 'oude notitie\u0000rest',
  });
  add(firstParty - 2, 'oddity', { Name: LIMIT_NAME, Status: 'C', EndDate: today + 86_400_000 });
}

function ownFacts({ profile }: Division): Readonly<Record<string, Value>> {
  return {
    Name: profile.description,
    ChamberOfCommerce: profile.kvk,
    VATNumber: profile.vatNumber,
    AddressLine1: profile.street,
    Postcode: profile.postcode,
    City: profile.city,
    Phone: profile.phone,
    Email: profile.email,
  };
}
