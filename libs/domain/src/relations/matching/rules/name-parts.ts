import type { Features } from '../features.js';
import type { NormalisedName } from '../normalise-name.js';

/** What keys are made of: a name's words in several forms, and where its owner is. */
export interface NameParts {
  readonly name: NormalisedName;
  /** All words in alphabetical order. */
  readonly sorted: string;
  /** The longest word stands in for the rarest: it needs no counts, so batch and look-up always agree. */
  readonly longest: string;
  /** Those of `sorted`, doubled ones once. */
  readonly consonants: string;
  readonly postcode: string;
  readonly city: string;
}

export function namePartsOf(name: NormalisedName, { address }: Features): NameParts {
  const sorted = name.core.length === 1 ? (name.core[0] ?? '') : [...name.core].sort().join('');
  const { postcode, city } = address;
  return { name, sorted, longest: longestWord(name.core), consonants: consonantsOf(sorted), postcode, city };
}

const vowels = 'aeiouy';

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

function longestWord(words: readonly string[]): string {
  let longest = '';
  for (const word of words) {
    if (word.length > longest.length || (word.length === longest.length && word < longest)) longest = word;
  }
  return longest;
}
