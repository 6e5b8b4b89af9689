import {
  normaliseIban,
  normaliseKvk,
  normaliseKvkBranch,
  normaliseRsin,
  type VatNumber,
} from '../normalise-identifiers.js';
import { domainOfEmail, normaliseEmail, normalisePhone, normaliseWebsite } from '../normalise-reach.js';
import { foldText } from '../normalise-text.js';

/** What is known of the record by the time that a field is read. */
export interface ReadSoFar {
  readonly country: string;
  readonly vat: VatNumber | null;
  readonly email: string | null;
}

/** Brings a text into comparison form; null when it says nothing. */
export type Normalise = (text: string | null | undefined, soFar: ReadSoFar) => string | null;

/** Normalisers of texts, by the names that a schema gives them. */
export const normalisers: Readonly<Record<string, Normalise>> = {
  'kvk-number': (text) => normaliseKvk(text),
  'kvk-branch': (text) => normaliseKvkBranch(text),
  'rsin-number': (text) => normaliseRsin(text),
  'root-of-vat': (_, { vat }) => (vat?.kind === 'entity' ? vat.root : null),
  iban: (text) => normaliseIban(text),
  email: (text) => normaliseEmail(text),
  phone: (text, { country }) => normalisePhone(text, country),
  website: (text) => normaliseWebsite(text),
  'domain-of-email': (_, { email }) => domainOfEmail(email),
  text: (text) => foldText(text),
};

/** The one normaliser and comparator of fields that are more than a text. */
export const rulesOfField = {
  name: { normalise: 'names', compare: 'names' },
  vat: { normalise: 'vat-number', compare: 'vat-number' },
  address: { normalise: 'address', compare: 'address' },
} as const;
