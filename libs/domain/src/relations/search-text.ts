import type { SharedValues } from './fields.js';

/** Longer texts are cut: a search looks for names and numbers, not for novels. */
const lengthMax = 2_000;

/** What a search looks in: names, numbers, town, mail and the administrations' own codes, folded. */
export function searchTextOf(values: SharedValues, codes: readonly (string | null)[]): string {
  const parts = [
    values.name,
    values.tradeName,
    values.kvk,
    values.vat,
    values.address?.city,
    values.address?.postcode,
    values.email,
    ...[...new Set(codes)].sort(),
  ];
  return foldForSearch(parts.filter(Boolean).join(' ')).slice(0, lengthMax);
}

const plain = /^[\x20-\x7e]*$/;

/** Lower case, accents gone, blanks collapsed: both sides of a search go through it. */
export function foldForSearch(text: string): string {
  const letters = plain.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '');
  return letters.toLowerCase().replace(/\s+/g, ' ').trim();
}
