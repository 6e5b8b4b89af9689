import { editsBetween } from './edit-distance.js';
import { commonWords, groupWords, particles } from './name-words.js';

const romanTens = ['', 'x', 'xx', 'xxx'];
const romanOnes = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'];
/** Below forty: "xl" and what follows are words and sizes. */
const romans: ReadonlyMap<string, string> = new Map(
  romanTens.flatMap((ten, tens) =>
    romanOnes.map((one, ones): [string, string] => [ten + one, String(10 * tens + ones)]),
  ),
);

/** What tells father and son apart. */
const generations: ReadonlySet<string> = new Set(['sr', 'jr', 'senior', 'junior']);

/** Words that number the companies of a series, behind everything else. */
const seriesWords: ReadonlySet<string> = new Set(
  'noord oost zuid west noordoost noordwest zuidoost zuidwest midden alpha alfa beta gamma delta'.split(' '),
);
/** Dutch numbers there; "Kolk Een" is "Kolk 1". */
const seriesNumbers: ReadonlyMap<string, string> = new Map(
  Object.entries({
    een: '1',
    eerste: '1',
    twee: '2',
    tweede: '2',
    drie: '3',
    derde: '3',
    vier: '4',
    vijf: '5',
  }),
);

export interface GroupParts {
  readonly core: readonly string[];
  readonly group: string;
  readonly groupAsWritten: string;
  readonly numeral: string;
}

/** Takes group words and series numerals out of a name; what is left is never empty or only particles.
 * `isCompany`: a legal form or the source says so. */
export function takeGroupParts(words: readonly string[], isCompany: boolean): GroupParts {
  const core: string[] = [];
  const group: string[] = [];
  let numeral = '';
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const number =
      i > 0
        ? numeralOf(word, { isLast: i === words.length - 1, isCompany, isNamed: core.some(isDistinctive) })
        : '';
    const groupWord = groupSpellingOf(word);
    if (number) numeral = numeral ? `${numeral}.${number}` : number;
    else if (groupWord) group.push(groupWord);
    else core.push(word);
  }
  if (core.every((word) => particles.has(word)))
    return { core: [...words], group: '', groupAsWritten: '', numeral: '' };
  const meanings = group.map((spelling) => groupWords.get(spelling) ?? '');
  return { core, group: joinWords(meanings), groupAsWritten: joinWords(group), numeral };
}

function numeralOf(word: string, at: { isLast: boolean; isCompany: boolean; isNamed: boolean }): string {
  if (/^\d{1,4}$/.test(word)) return String(Number(word));
  const roman = romans.get(word);
  if (!at.isLast) return word.length > 1 ? (roman ?? '') : '';
  if (roman !== undefined) return roman;
  if (generations.has(word)) return word.startsWith('j') ? 'jr' : 'sr';
  // "Kantorenfonds B" is one of a series, "Jansen B." a person.
  const isLetter = /^[a-z]$/.test(word);
  // "Wonen Oost" has no other words of its own.
  if (!at.isCompany || !at.isNamed) return '';
  return isLetter || seriesWords.has(word) ? word : (seriesNumbers.get(word) ?? '');
}

function joinWords(words: readonly string[]): string {
  return [...new Set(words)].sort().join('+');
}

function isDistinctive(word: string): boolean {
  return !commonWords.has(word) && !particles.has(word);
}

const groupSpellings = [...groupWords.keys()].filter((word) => word.length >= 5);

/** The group word of the list that `word` is, one slip of the pen allowed ("Grop", "Personeeel"); empty when it is none. */
function groupSpellingOf(word: string): string {
  if (word.length < 4) return groupWords.has(word) ? word : '';
  if (groupWords.has(word)) return word;
  // One slip leaves the first or the last two letters as they are: few spellings share them, and most words none.
  const byFront = spellingsByFront.get(word.slice(0, 2)) ?? none;
  const byBack = spellingsByBack.get(word.slice(-2)) ?? none;
  const nearest = Math.min(firstLike(word, byFront), firstLike(word, byBack));
  return groupSpellings[nearest] ?? '';
}

const none: readonly number[] = [];
const spellingsByFront = placesBy((spelling) => spelling.slice(0, 2));
const spellingsByBack = placesBy((spelling) => spelling.slice(-2));

function placesBy(endOf: (spelling: string) => string): ReadonlyMap<string, readonly number[]> {
  return Map.groupBy(groupSpellings.keys(), (place) => endOf(groupSpellings[place] ?? ''));
}

/** The place of the first of some spellings (places in the list) that a word may be with one slip; Infinity for none. */
function firstLike(word: string, places: readonly number[]): number {
  for (const place of places) if (isSlipOf(groupSpellings[place] ?? '', word)) return place;
  return Number.POSITIVE_INFINITY;
}

function isSlipOf(spelling: string, word: string): boolean {
  if (Math.abs(spelling.length - word.length) > 1) return false;
  // A replaced letter makes other words of the short ones: groep, groen.
  const isAllowed = spelling.length >= 7 || spelling.length !== word.length || word[0] !== spelling[0];
  return isAllowed && editsBetween(word, spelling) === 1;
}
