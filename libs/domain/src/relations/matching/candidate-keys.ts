import { toFeatures, type Features } from './features.js';
import { TextHash } from './hash-text.js';
import type { MatchRecord } from './match-record.js';
import type { NormalisedName } from './normalise-name.js';

/**
 * Keys by which a record is looked up, each once: two records are compared when they share one. They are hashes below 2^53
 * of texts of a kind: kvk, rsin, vat, iban, mail, phone, dom, addr, name (all words), np (longest word and area), cons, pre.
 * Stored in Postgres, so a change of them asks for a new comparison of everything.
 */
export function candidateKeys(record: MatchRecord): number[] {
  return keysOf(toFeatures(record));
}

/** The candidate keys of a record that is normalised already, strongest kinds first. */
export function keysOf(features: Features): number[] {
  const keys: number[] = [];
  if (features.kvk) keys.push(keyOf('kvk:', features.kvk));
  if (features.rsin) keys.push(keyOf('rsin:', features.rsin));
  if (features.vat && features.vat.root !== features.rsin)
    keys.push(keyOf('vat:', features.vat.country, features.vat.root));
  for (const iban of features.ibans) keys.push(keyOf('iban:', iban));
  if (features.email) keys.push(keyOf('mail:', features.email));
  // The last eight digits, so that a lost area code or country code does not hide the number.
  if (features.phone) keys.push(keyOf('phone:', features.phone.slice(-8)));
  if (features.domain) keys.push(keyOf('dom:', features.domain));
  if (features.addressKey) keys.push(keyOf('addr:', features.addressKey));
  for (const name of features.names) addNameKeys(keys, name, features);
  return features.names.length > 1 ? [...new Set(keys)] : keys;
}

// Piece by piece: joining them first costs more than all the rest.
function keyOf(kind: string, value: string, end = ''): number {
  return new TextHash().add(kind).add(value).add(end).value();
}

const prefixLength = 4;
const consonantsMin = 3;

function addNameKeys(keys: number[], name: NormalisedName, features: Features): void {
  const { postcode, city } = features.address;
  const sorted = name.core.length === 1 ? (name.core[0] ?? '') : [...name.core].sort().join('');
  keys.push(keyOf('name:', sorted));
  if (name.person && name.person.surname !== sorted)
    keys.push(keyOf('sur:', `${name.person.surname}:`, postcode || city));
  const word = longestWord(name.core);
  if (postcode) {
    keys.push(keyOf('np:', `${word}:`, postcode.slice(0, 4)));
    if (word.length >= prefixLength) keys.push(keyOf('pre:', `${word.slice(0, prefixLength)}:`, postcode));
  }
  const consonants = consonantsOf(sorted);
  if (consonants.length < consonantsMin) return;
  // By either place: a typo in the first letters of a record without a city shares no other key.
  if (city) keys.push(keyOf('cons:', `${consonants}:`, city));
  if (postcode) keys.push(keyOf('cons:', `${consonants}:`, postcode));
}

const vowels = 'aeiouy';

// Doubled ones count once.
function consonantsOf(letters: string): string {
  let consonants = '';
  let last = '';
  for (const letter of letters) {
    if (letter === last || vowels.includes(letter)) continue;
    consonants += letter;
    last = letter;
  }
  return consonants;
}

// The longest word stands in for the rarest: it needs no counts, so batch and lookup always agree.
function longestWord(words: readonly string[]): string {
  let longest = '';
  for (const word of words) {
    if (word.length > longest.length || (word.length === longest.length && word < longest)) longest = word;
  }
  return longest;
}
