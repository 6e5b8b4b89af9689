import type { Place } from './places.js';

export type PartyKind = 'company' | 'sole-trader' | 'person' | 'public';

/** Somebody that a builder deals with, as they truly are; accounts are observations of parties. */
export interface Party {
  readonly id: number;
  readonly kind: PartyKind;
  /** Name without legal form. */
  readonly name: string;
  readonly legalForm: string;
  /** Empty when there is none. */
  readonly kvk: string;
  readonly vat: string;
  readonly iban: string;
  readonly email: string;
  readonly phone: string;
  readonly website: string;
  readonly place: Place;
  readonly firstName: string;
  readonly prefix: string;
  readonly lastName: string;
  /** Why this party is hard to match; empty for most. */
  readonly trap: string;
}

/** Lower-case letters and digits only, accents dropped: the form of mail and web addresses. */
export function slug(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9.]/g, '');
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
