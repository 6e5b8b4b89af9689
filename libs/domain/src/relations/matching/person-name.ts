import { givenNames } from './given-names.js';
import { commonWords, particles, titles } from './name-words.js';

/** A name that is clearly a person's. `given` is empty when only initials are known. */
export interface PersonName {
  readonly surname: string;
  readonly given: string;
  readonly initials: string;
}

const personWordsMax = 4;

/**
 * Reads words as a person's name, or null when they need not be one: a title, a usual given name or initials must stand
 * before or behind one surname. Particles are ignored, so "Jan van den Berg" and "Berg, Jan van den" are one (case C14).
 */
export function readPerson(words: readonly string[], initialWords: ReadonlySet<string>): PersonName | null {
  const hasTitle = words.some((word) => titles.has(word));
  const bare = words.filter((word) => !particles.has(word) && !titles.has(word));
  if (bare.length < (hasTitle ? 1 : 2) || bare.length > personWordsMax) return null;
  if (bare.some((word) => commonWords.has(word) || /\d/.test(word))) return null;
  if (bare.length === 1) return { surname: bare[0] ?? '', given: '', initials: '' };
  const isGiven = (word: string): boolean =>
    givenNames.has(word) || initialWords.has(word) || word.length === 1;
  const first = bare[0] ?? '';
  const last = bare.at(-1) ?? '';
  if (isGiven(first)) return person(bare, isGiven);
  if (isGiven(last)) return person([last, ...bare.slice(0, -1)], isGiven);
  return hasTitle ? person(bare, isGiven) : null;
}

function person(words: readonly string[], isGiven: (word: string) => boolean): PersonName {
  const [first = '', ...others] = words;
  const second = others.length > 1 && isGiven(others[0] ?? '') ? others[0] : '';
  const surname = (second ? others.slice(1) : others).join(' ');
  const given = givenNames.has(first) ? first : '';
  const firstLetters = given || first.length > 3 ? first.slice(0, 1) : first;
  return { surname, given: given || (first.length > 3 ? first : ''), initials: firstLetters };
}

export type PersonRelation = 'equal' | 'initials' | 'different';

/** Whether two given names (of one surname) can be one person's: equal, an initial of the other, or not. */
export function compareGiven(a: PersonName, b: PersonName): PersonRelation {
  if (a.given && b.given) return a.given === b.given ? 'equal' : 'different';
  if (!a.initials || !b.initials) return 'initials';
  const isPrefix = a.initials.startsWith(b.initials) || b.initials.startsWith(a.initials);
  return isPrefix ? 'initials' : 'different';
}
