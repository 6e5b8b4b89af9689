import { editsBetween } from '../edit-distance.js';
import type { FieldValue } from './field-values.js';
import type { FieldKind } from './match-schema.js';
import { jaroWinkler } from './similarity.js';

/** How rare each word of a field is: bits, 0 for a word that everybody has. */
export type WordBits = (word: string) => number;

/** Levels of each kind: 0 is "different", the highest is "equal". */
export const levelsOf: Readonly<Record<FieldKind, number>> = {
  name: 4,
  words: 5,
  date: 4,
  code: 4,
  number: 3,
  category: 2,
  phone: 3,
  email: 4,
  website: 2,
};

/** The level of agreement of two values of a kind; symmetric. */
export function compareValues(
  kind: FieldKind,
  pair: readonly [FieldValue, FieldValue],
  bits: WordBits,
): number {
  const [a, b] = pair;
  if (a.text === b.text) return levelsOf[kind] - 1;
  switch (kind) {
    case 'name':
      return compareNames(a.text.replaceAll(' ', ''), b.text.replaceAll(' ', ''));
    case 'words':
      return compareWords(a, b, bits);
    case 'date':
      return compareDates(a, b);
    case 'code':
      return Math.max(0, 3 - editsBetween(a.text, b.text));
    case 'number':
      return editsBetween(a.text, b.text) === 1 && Math.max(a.text.length, b.text.length) > 1 ? 1 : 0;
    case 'phone':
      return comparePhones(a.text, b.text);
    case 'email':
      return compareEmails(a.text, b.text);
    case 'category':
    case 'website':
      return 0;
  }
}

function compareNames(a: string, b: string): number {
  if (a === b) return 3;
  const similarity = jaroWinkler(a, b);
  const shorter = Math.min(a.length, b.length);
  if (similarity >= 0.93 || (editsBetween(a, b) === 1 && shorter >= 3)) return 2;
  const isShortened = a.startsWith(b) || b.startsWith(a);
  return similarity >= 0.84 || isShortened || (editsBetween(a, b) === 2 && shorter >= 5) ? 1 : 0;
}

// Numbers in a name or address are told apart as such: 12 is not nearly 13.
function compareWords(a: FieldValue, b: FieldValue, bits: WordBits): number {
  const [compactA, compactB] = [a.words.join(''), b.words.join('')];
  if (compactA === compactB) return 4;
  const similarity = Math.max(sharedBits(a, b, bits), compactSimilarity(compactA, compactB));
  const level = similarity >= 0.88 ? 3 : similarity >= 0.68 ? 2 : similarity >= 0.42 ? 1 : 0;
  return haveOtherNumbers(a, b) ? Math.min(level, 1) : level;
}

function compactSimilarity(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  if (longest < 5) return 0;
  return editsBetween(a, b) <= (longest >= 9 ? 2 : 1) ? 0.9 : jaroWinkler(a, b) >= 0.94 ? 0.8 : 0;
}

function haveOtherNumbers(a: FieldValue, b: FieldValue): boolean {
  const [numbersA, numbersB] = [a, b].map(({ words }) => words.filter((word) => /^\d+[a-z]?$/.test(word)));
  if (!numbersA?.length || !numbersB?.length) return false;
  return !numbersA.some((number) => numbersB.includes(number));
}

// The share of rare words that both have: the bits in common over those of the two (Dice), near words count a little less.
function sharedBits(a: FieldValue, b: FieldValue, bits: WordBits): number {
  const left = new Set(b.words);
  let common = 0;
  let total = 0;
  const wordsA = new Set(a.words);
  for (const word of wordsA) {
    const weight = bits(word);
    total += weight;
    const found = left.has(word) ? word : [...left].find((other) => isNear(word, other));
    if (found === undefined) continue;
    left.delete(found);
    common += (found === word ? 1 : 0.9) * (weight + bits(found));
  }
  for (const word of new Set(b.words)) total += bits(word);
  return total === 0 ? 0 : common / total;
}

function isNear(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 4 || /\d/.test(a) || /\d/.test(b)) return isInitial(a, b);
  return editsBetween(a, b) === 1 || jaroWinkler(a, b) >= 0.93;
}

const isInitial = (a: string, b: string): boolean =>
  (a.length === 1 || b.length === 1) && a[0] === b[0] && !/\d/.test(a + b);

function compareDates(a: FieldValue, b: FieldValue): number {
  if (editsBetween(a.text, b.text) === 1) return 2;
  if (a.words.length !== 3 || b.words.length !== 3) return 0;
  const equal = a.words.filter((part, at) => part === b.words[at]).length;
  const isTurned = a.words[0] === b.words[0] && a.words[1] === b.words[2] && a.words[2] === b.words[1];
  if (isTurned) return 2;
  return equal === 2 || editsBetween(a.text, b.text) === 2 ? 1 : 0;
}

function comparePhones(a: string, b: string): number {
  const [endA, endB] = [a.slice(-7), b.slice(-7)];
  if (endA === endB && endA.length >= 6) return 2;
  return editsBetween(endA, endB) === 1 ? 1 : 0;
}

function compareEmails(a: string, b: string): number {
  const [localA = '', domainA = ''] = a.split('@');
  const [localB = '', domainB = ''] = b.split('@');
  if (editsBetween(a, b) <= 2 || (localA === localB && localA.length > 4)) return 2;
  const isNearLocal = jaroWinkler(localA, localB) >= 0.9 && jaroWinkler(domainA, domainB) >= 0.9;
  return isNearLocal ? 1 : 0;
}
