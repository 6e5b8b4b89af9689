import { toFeatures, type Features } from './features.js';
import { hashText } from './hash-text.js';
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
  return keyTexts(features).map((text) => hashText(text));
}

/** What the keys are made of. */
function keyTexts(features: Features): string[] {
  const keys: string[] = [];
  if (features.kvk) keys.push(`kvk:${features.kvk}`);
  if (features.rsin) keys.push(`rsin:${features.rsin}`);
  if (features.vat && features.vat.root !== features.rsin)
    keys.push(`vat:${features.vat.country}${features.vat.root}`);
  for (const iban of features.ibans) keys.push(`iban:${iban}`);
  if (features.email) keys.push(`mail:${features.email}`);
  // The last eight digits, so that a lost area code or country code does not hide the number.
  if (features.phone) keys.push(`phone:${features.phone.slice(-8)}`);
  if (features.domain) keys.push(`dom:${features.domain}`);
  if (features.addressKey) keys.push(`addr:${features.addressKey}`);
  for (const name of features.names) addNameKeys(keys, name, features);
  return features.names.length > 1 ? [...new Set(keys)] : keys;
}

const prefixLength = 4;
const consonantsMin = 3;

function addNameKeys(keys: string[], name: NormalisedName, features: Features): void {
  const { postcode, city } = features.address;
  const sorted = [...name.core].sort().join('');
  keys.push(`name:${sorted}`);
  if (name.person && name.person.surname !== sorted)
    keys.push(`sur:${name.person.surname}:${postcode || city}`);
  const word = longestWord(name.core);
  if (postcode) {
    keys.push(`np:${word}:${postcode.slice(0, 4)}`);
    if (word.length >= prefixLength) keys.push(`pre:${word.slice(0, prefixLength)}:${postcode}`);
  }
  const consonants = sorted.replace(/[aeiouy]/g, '').replace(/(.)\1+/g, '$1');
  if (consonants.length < consonantsMin) return;
  // By either place: a typo in the first letters of a record without a city shares no other key.
  if (city) keys.push(`cons:${consonants}:${city}`);
  if (postcode) keys.push(`cons:${consonants}:${postcode}`);
}

// The longest word stands in for the rarest: it needs no counts, so batch and lookup always agree.
function longestWord(words: readonly string[]): string {
  let longest = '';
  for (const word of words) {
    if (word.length > longest.length || (word.length === longest.length && word < longest)) longest = word;
  }
  return longest;
}
