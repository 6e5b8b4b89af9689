import { compareAddresses, type AddressLevel } from './compare-addresses.js';
import { isSameWhole, type NameComparison } from './compare-names.js';
import { editsBetween } from './edit-distance.js';
import type { Features } from './features.js';
import { compareFormsOf } from './form-of-record.js';
import type { FormRelation } from './legal-forms.js';
import type { NormalisedName } from './normalise-name.js';
import type { VatNumber } from './normalise-identifiers.js';

export type NumberLevel = 'equal' | 'near' | 'different' | 'unknown';
export type VatLevel = 'equal' | 'suffix' | 'different' | 'unrelated' | 'unknown';
export type ValueLevel = 'equal' | 'different' | 'unknown';
/** elsewhere: the names carry different places; unsure: only one carries a place that is not its own town. */
export type PlaceLevel = 'same' | 'neutral' | 'unsure' | 'elsewhere';

/** Two records field by field, in levels. No weights yet: those are score.ts's business. */
export interface Comparison {
  readonly a: Features;
  readonly b: Features;
  readonly name: NameComparison;
  readonly form: FormRelation;
  readonly isGroupEqual: boolean;
  readonly isNumeralEqual: boolean;
  readonly place: PlaceLevel;
  /** One is clearly a natural person, the other clearly a company. */
  readonly isPersonAndCompany: boolean;
  readonly kvk: NumberLevel;
  readonly isBranchDifferent: boolean;
  readonly vat: VatLevel;
  readonly rsin: NumberLevel;
  readonly iban: string | null;
  /** Stems using the shared value, the larger count of both records. */
  readonly ibanStems: number;
  readonly mail: ValueLevel;
  readonly domain: ValueLevel;
  readonly phone: ValueLevel;
  readonly address: AddressLevel;
  readonly isCodeEqual: boolean;
}

/** Compares two records in every field. Symmetric: callers order the records by id. */
export function compare(a: Features, b: Features, name: NameComparison): Comparison {
  const iban = sharedIban(a, b);
  return {
    a,
    b,
    name,
    form: compareFormsOf(a, b, name),
    isGroupEqual: (name.a?.group ?? '') === (name.b?.group ?? ''),
    isNumeralEqual: (name.a?.numeral ?? '') === (name.b?.numeral ?? ''),
    place: comparePlaces(name, a.address.city, b.address.city),
    isPersonAndCompany: isPersonAndCompany(name.a, name.b),
    kvk: compareKvk(a.kvk, b.kvk),
    isBranchDifferent: a.branch !== null && b.branch !== null && a.branch !== b.branch,
    vat: compareVat(a.vat, b.vat),
    rsin: a.rsin && b.rsin ? (a.rsin === b.rsin ? 'equal' : 'different') : 'unknown',
    iban: iban?.value ?? null,
    ibanStems: iban?.stems ?? 0,
    mail: compareValues(a.email, b.email),
    domain: compareValues(a.domain, b.domain),
    phone: comparePhones(a.phone, b.phone),
    address: compareAddresses(a, b),
    isCodeEqual: a.code !== '' && a.code === b.code,
  };
}

function compareValues(a: string | null, b: string | null): ValueLevel {
  if (a === null || b === null) return 'unknown';
  return a === b ? 'equal' : 'different';
}

const phoneTail = 8;

/** Whether two numbers are one, a country's trunk or area code aside. */
export function isPhoneSame(a: string, b: string): boolean {
  return a === b || (a.slice(0, 3) === b.slice(0, 3) && a.slice(-phoneTail) === b.slice(-phoneTail));
}

function comparePhones(a: string | null, b: string | null): ValueLevel {
  if (a === null || b === null) return 'unknown';
  return isPhoneSame(a, b) ? 'equal' : 'different';
}

function compareKvk(a: string | null, b: string | null): NumberLevel {
  if (a === null || b === null) return 'unknown';
  if (a === b) return 'equal';
  return editsBetween(a, b) === 1 || isOneDigitLost(a, b) || isOneDigitLost(b, a) ? 'near' : 'different';
}

// Seven digits are read as a number that lost its leading zero; it may have lost another one.
function isOneDigitLost(padded: string, whole: string): boolean {
  if (!padded.startsWith('0')) return false;
  const digits = padded.slice(1);
  let at = 0;
  while (at < digits.length && digits[at] === whole[at]) at++;
  return digits.slice(at) === whole.slice(at + 1);
}

// A sole trader's new number is related to nothing, so against an old one it says neither same nor different.
function compareVat(a: VatNumber | null, b: VatNumber | null): VatLevel {
  if (a === null || b === null) return 'unknown';
  if (a.country !== b.country || a.kind !== b.kind) return 'unrelated';
  if (a.root !== b.root) return 'different';
  return a.suffix === b.suffix ? 'equal' : 'suffix';
}

function sharedIban(a: Features, b: Features): { value: string; stems: number } | null {
  let best: { value: string; stems: number } | null = null;
  a.ibans.forEach((value, atA) => {
    const atB = b.ibans.indexOf(value);
    if (atB < 0) return;
    const stems = Math.max(a.shared.ibans[atA] ?? 1, b.shared.ibans[atB] ?? 1);
    if (!best || stems < best.stems) best = { value, stems };
  });
  return best;
}

function comparePlaces(name: NameComparison, cityA: string, cityB: string): PlaceLevel {
  const a = name.a?.place ?? '';
  const b = name.b?.place ?? '';
  if (a === b) return a === '' ? 'neutral' : 'same';
  if (name.a && name.b && isSameWhole(name.a, name.b)) return 'neutral';
  // A record's own town behind its name is how people tell two relations apart in a list, not part of the name.
  if (a === '') return b === cityB || b === cityA ? ownTown(b, cityA) : 'unsure';
  if (b === '') return a === cityA || a === cityB ? ownTown(a, cityB) : 'unsure';
  return 'elsewhere';
}

function ownTown(place: string, otherCity: string): PlaceLevel {
  return otherCity === '' || otherCity === place ? 'neutral' : 'unsure';
}

function isPersonAndCompany(a: NormalisedName | null, b: NormalisedName | null): boolean {
  if (!a || !b) return false;
  return (a.person !== null && b.isCompany) || (b.person !== null && a.isCompany);
}
