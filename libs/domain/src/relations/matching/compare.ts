import { compareAddresses, type AddressLevel } from './compare-addresses.js';
import { isSameWhole, type NameComparison } from './compare-names.js';
import type { Features } from './features.js';
import { compareFormsOf } from './form-of-record.js';
import type { FormRelation } from './legal-forms.js';
import type { NormalisedName } from './normalise-name.js';
import { registrationOfTooMany } from './shared-by-too-many.js';
import { compareVat, sharedIban, type CompareTexts } from './rules/comparators.js';

/** shared: equal, but so many names have it that it says nothing. */
export type KvkLevel = NumberLevel | 'shared';
export type NumberLevel = 'equal' | 'near' | 'different' | 'unknown';
export type VatLevel = 'equal' | 'suffix' | 'different' | 'unrelated' | 'unknown';
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
  readonly kvk: KvkLevel;
  readonly isBranchDifferent: boolean;
  readonly vat: VatLevel;
  readonly rsin: NumberLevel;
  readonly iban: string | null;
  /** Stems using the shared value, the larger count of both records. */
  readonly ibanStems: number;
  readonly mail: NumberLevel;
  readonly domain: NumberLevel;
  readonly phone: NumberLevel;
  readonly address: AddressLevel;
  readonly isCodeEqual: boolean;
}

/** Comparators of the fields that are texts. */
export type FieldComparators = Readonly<
  Record<'kvk' | 'branch' | 'rsin' | 'email' | 'domain' | 'phone' | 'code', CompareTexts>
>;

/** Compares two records in every field, by the rules of a schema. Symmetric: callers order the records by id. */
export function compareBy(
  rules: FieldComparators,
  { a, b, name }: { readonly a: Features; readonly b: Features; readonly name: NameComparison },
): Comparison {
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
    kvk: compareKvk(rules.kvk, a, b),
    isBranchDifferent: rules.branch(a.branch, b.branch) === 'different',
    vat: compareVat(a.vat, b.vat),
    rsin: rules.rsin(a.rsin, b.rsin),
    iban: iban?.value ?? null,
    ibanStems: iban?.stems ?? 0,
    mail: rules.email(a.email, b.email),
    domain: rules.domain(a.domain, b.domain),
    phone: rules.phone(a.phone, b.phone),
    address: compareAddresses(a, b),
    isCodeEqual: rules.code(a.code, b.code) === 'equal',
  };
}

function compareKvk(compare: CompareTexts, a: Features, b: Features): KvkLevel {
  const level = compare(a.kvk, b.kvk);
  return level === 'equal' && Math.max(a.shared.kvk, b.shared.kvk) >= registrationOfTooMany
    ? 'shared'
    : level;
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
