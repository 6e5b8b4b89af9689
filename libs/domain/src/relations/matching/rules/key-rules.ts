import type { Features } from '../features.js';
import { TextHash } from '../hash-text.js';
import type { RelationField } from './relation-schema-type.js';
import type { NameParts } from './name-parts.js';

/** Adds the keys of a record to a list. */
export type AddKeys = (features: Features, keys: number[]) => void;
/** Adds the keys of one of a record's names. */
export type AddNameKeys = (parts: NameParts, keys: number[]) => void;

/** Of which fields a rule makes keys, and how. */
export interface KeyRule {
  readonly fields: readonly RelationField[];
  readonly make: (field: RelationField, kind: string) => AddKeys;
}

/** Rules that make keys of a record, by the names that a schema gives them. */
export const keyRules: Readonly<Record<string, KeyRule>> = {
  value: {
    fields: ['kvk', 'branch', 'rsin', 'email', 'phone', 'domain', 'address'],
    make: (field, kind) => {
      const valueOf = values[field];
      return (features, keys) => {
        const value = valueOf?.(features);
        if (value) keys.push(keyOf(kind, value));
      };
    },
  },
  'each-value': {
    fields: ['iban'],
    make:
      (_, kind) =>
      ({ ibans }, keys) => {
        for (const iban of ibans) keys.push(keyOf(kind, iban));
      },
  },
  'vat-root': {
    fields: ['vat'],
    make:
      (_, kind) =>
      ({ vat, rsin }, keys) => {
        if (vat && vat.root !== rsin) keys.push(keyOf(kind, vat.country, vat.root));
      },
  },
  // So that a lost area code or country code does not hide the number.
  'last-eight-digits': {
    fields: ['phone'],
    make:
      (_, kind) =>
      ({ phone }, keys) => {
        if (phone) keys.push(keyOf(kind, phone.slice(-8)));
      },
  },
};

const values: Partial<Record<RelationField, (features: Features) => string | null>> = {
  kvk: ({ kvk }) => kvk,
  branch: ({ branch }) => branch,
  rsin: ({ rsin }) => rsin,
  email: ({ email }) => email,
  phone: ({ phone }) => phone,
  domain: ({ domain }) => domain,
  address: ({ addressKey }) => addressKey,
};

const prefixLength = 4;
const consonantsMin = 3;

/** Rules that make keys of each name of a record, with its address. */
export const nameKeyRules: Readonly<Record<string, (kind: string) => AddNameKeys>> = {
  'all-words':
    (kind) =>
    ({ sorted }, keys) =>
      keys.push(keyOf(kind, sorted)),
  'surname-and-place':
    (kind) =>
    ({ name: { person }, sorted, postcode, city }, keys) => {
      if (person && person.surname !== sorted) keys.push(keyOf(kind, `${person.surname}:`, postcode || city));
    },
  'longest-word-and-area':
    (kind) =>
    ({ longest, postcode }, keys) => {
      if (postcode) keys.push(keyOf(kind, `${longest}:`, postcode.slice(0, 4)));
    },
  'first-letters-and-postcode':
    (kind) =>
    ({ longest, postcode }, keys) => {
      if (postcode && longest.length >= prefixLength)
        keys.push(keyOf(kind, `${longest.slice(0, prefixLength)}:`, postcode));
    },
  'consonants-and-city':
    (kind) =>
    ({ consonants, city }, keys) => {
      if (city && consonants.length >= consonantsMin) keys.push(keyOf(kind, `${consonants}:`, city));
    },
  'consonants-and-postcode':
    (kind) =>
    ({ consonants, postcode }, keys) => {
      if (postcode && consonants.length >= consonantsMin) keys.push(keyOf(kind, `${consonants}:`, postcode));
    },
};

// Piece by piece: joining them first costs more than all the rest.
function keyOf(kind: string, value: string, end = ''): number {
  return new TextHash().add(kind).add(value).add(end).value();
}
