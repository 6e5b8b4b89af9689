import { editsBetween } from './edit-distance.js';
import { isCollectiveName } from './junk-values.js';
import { splitLegalForm, type LegalForm } from './legal-forms.js';
import { commonWords, groupPhrases, groupWords, particles, retiredMarks, spellings, titles } from './name-words.js';
import { foldText } from './normalise-text.js';
import { readPerson, type PersonName } from './person-name.js';
import { trailingPlace } from './places.js';

/** A name in parts that can be compared. Two names are equal when `stem`, `place` and `form` do not differ. */
export interface NormalisedName {
  /** Distinctive words in alphabetical order with group words and numerals: equal stems are one name. */
  readonly stem: string;
  /** The words of the name without form, group words, numeral, place and particles; never empty. */
  readonly core: readonly string[];
  /** All words run together, particles too, so that "Bouw Bedrijf" and "Bouwbedrijf" can meet. */
  readonly joined: string;
  /** How many words `joined` was made of. */
  readonly wordCount: number;
  readonly form: LegalForm | null;
  /** Group words (Holding, Beheer, ...) in alphabetical order, joined by +; empty for none. */
  readonly group: string;
  /** Series numeral in Arabic digits; empty for none. */
  readonly numeral: string;
  /** Place at the end of the name; empty for none. */
  readonly place: string;
  readonly person: PersonName | null;
  /** A legal form, group word or trade word shows that this is no natural person. */
  readonly isCompany: boolean;
}

const wordsMax = 16;
const aliasesMax = 4;
const aliasMarks = /\s(?:t\.?\s?)?h\.?\s?o\.?\s?d\.?\s?n\.?\s|\shandelend onder de naam:?\s|\sv\/h\s|\svoorheen\s|\sa\/k\/a\s|\st\/a\s/;

/**
 * The names in a name field: one, or several for "Jansen h.o.d.n. De Eik" and "De Eik v/h Jansen"; none for an empty,
 * placeholder or collective name such as "Diversen". `ownCity` is the record's own place in comparison spelling.
 */
export function normaliseNames(text: string | null | undefined, ownCity = ''): readonly NormalisedName[] {
  const folded = dropRetiredMarks(foldText(text));
  return ` ${folded} `
    .split(aliasMarks)
    .slice(0, aliasesMax)
    .map((part) => normaliseOne(part.trim(), ownCity))
    .filter((name) => name !== null);
}

/** The stem of the first name in a field; empty when it names nobody. The word that exclusivity counts. */
export function nameStem(text: string | null | undefined): string {
  return normaliseNames(text)[0]?.stem ?? '';
}

function dropRetiredMarks(folded: string): string {
  if (!/^[^a-z0-9]|^[zx]{2}|^niet|^verv|^dub|[([]/.test(folded)) return folded;
  let rest = folded;
  for (const mark of retiredMarks) rest = rest.replace(mark, '');
  return /[a-z0-9]/.test(rest) ? rest : folded;
}

function normaliseOne(folded: string, ownCity: string): NormalisedName | null {
  const { words, initialWords } = splitWords(reorderComma(folded));
  if (words.length === 0 || isCollectiveName(words.join(' '))) return null;
  const stripped = stripFormAndPlace(words, ownCity);
  const { core, group, numeral } = takeGroupParts(stripped.words);
  const hasTrade = core.some((word) => commonWords.has(word));
  const isCompany = stripped.form !== null || group !== '' || hasTrade;
  const person = isCompany || numeral ? null : readPerson(stripped.words, initialWords);
  const kept = significant(core);
  const stem = [...kept].sort().join(' ') + (group && ` ~${group}`) + (numeral && ` #${numeral}`);
  const joined = core.join('');
  return { stem, core: kept, joined, wordCount: core.length, form: stripped.form, group, numeral, place: stripped.place, person, isCompany };
}

// "Berg, Jan van den" is "Jan van den Berg"; a comma in a longer or a company's name is only punctuation.
function reorderComma(folded: string): string {
  const parts = folded.split(',');
  if (parts.length !== 2 || !parts[0] || !parts[1]) return folded;
  const isShort = parts[0].trim().split(' ').length <= 2 && parts[1].trim().split(' ').length <= 4;
  const isForm = splitLegalForm(['x', ...parts[1].replace(/\./g, '').trim().split(/\s+/)]).form !== null;
  return isShort && !isForm ? `${parts[1].trim()} ${parts[0].trim()}` : folded;
}

const dottedLetters = /(?<![a-z0-9])[a-z](?:\.\s?[a-z])+(?:\.|(?![a-z0-9]))/g;
const hyphenedLetters = /(?<![a-z0-9])[a-z](?:-[a-z])+(?![a-z0-9])/g;
const apostrophes = /(?<![a-z0-9])['`]\s?[nst](?![a-z0-9])|(?<![a-z0-9])[dl]['`](?=[a-z])/g;
const looseT = /(?<=(?:^|\s)(?:in|van|op|aan|over|uit|bij|onder|voor) )t(?=\s)/g;

function splitWords(folded: string): { words: string[]; initialWords: ReadonlySet<string> } {
  const initialWords = new Set<string>();
  const joinLetters = (letters: string): string => {
    const word = letters.replace(/[^a-z]/g, '');
    initialWords.add(word);
    return ` ${word} `;
  };
  let text = folded;
  if (text.includes('.')) text = text.replace(dottedLetters, joinLetters);
  if (text.includes('-')) text = text.replace(hyphenedLetters, joinLetters);
  if (/['`]|\st\s/.test(text)) text = text.replace(apostrophes, ' ').replace(looseT, ' ');
  text = text.replace(/[&+]/g, ' en ');
  const words: string[] = [];
  for (const word of text.split(/[^a-z0-9]+/)) {
    if (word && words.length < wordsMax) words.push(Object.hasOwn(spellings, word) ? (spellings[word] ?? word) : word);
  }
  return { words: joinPhrases(joinSingles(words)), initialWords };
}

// "j p" and "b v" are written with blanks as often as with points.
function joinSingles(words: readonly string[]): string[] {
  const joined: string[] = [];
  let isOpen = false;
  for (const word of words) {
    const isSingle = /^[a-z]$/.test(word);
    if (isSingle && isOpen) joined[joined.length - 1] += word;
    else joined.push(word);
    isOpen = isSingle;
  }
  return joined;
}

const phraseEnds: ReadonlySet<string> = new Set(Object.keys(groupPhrases).map((phrase) => phrase.split(' ')[1] ?? ''));

function joinPhrases(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    if (!phraseEnds.has(word)) {
      joined.push(word);
      continue;
    }
    const phrase = `${joined.at(-1) ?? ''} ${word}`;
    if (Object.hasOwn(groupPhrases, phrase)) joined[joined.length - 1] = groupPhrases[phrase] ?? word;
    else joined.push(word);
  }
  return joined;
}

interface Stripped {
  readonly words: readonly string[];
  readonly form: LegalForm | null;
  readonly place: string;
}

// Twice, because a place is written before the form ("X Ede B.V.") and behind it ("X B.V. Ede").
function stripFormAndPlace(words: readonly string[], ownCity: string): Stripped {
  let rest = words;
  let form: LegalForm | null = null;
  let place = '';
  for (let pass = 0; pass < 2; pass++) {
    const split = splitLegalForm(rest);
    form = split.form ?? form;
    rest = split.words;
    const found = trailingPlace(rest, ownCity);
    // "Jan van Ede" is a surname, and "Den Haag Glas" keeps its only words.
    if (!found || (rest.length > found.length && particles.has(rest[rest.length - found.length - 1] ?? ''))) continue;
    if (place === '' || place === ownCity) place = found.place;
    rest = rest.slice(0, -found.length);
  }
  return { words: rest, form, place };
}

const romans: Readonly<Record<string, string>> = {
  i: '1', ii: '2', iii: '3', iv: '4', v: '5', vi: '6', vii: '7', viii: '8', ix: '9', x: '10', xi: '11', xii: '12',
  xiii: '13', xiv: '14', xv: '15', xvi: '16', xvii: '17', xviii: '18', xix: '19', xx: '20',
};

function takeGroupParts(words: readonly string[]): { core: string[]; group: string; numeral: string } {
  const core: string[] = [];
  const group: string[] = [];
  let numeral = '';
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const number = i > 0 ? numeralOf(word, i === words.length - 1) : '';
    const groupWord = groupWordOf(word);
    if (number) numeral = numeral ? `${numeral}.${number}` : number;
    else if (groupWord) group.push(groupWord);
    else core.push(word);
  }
  if (core.every((word) => particles.has(word))) return { core: [...words], group: '', numeral: '' };
  return { core, group: [...new Set(group)].sort().join('+'), numeral };
}

function numeralOf(word: string, isLast: boolean): string {
  if (/^\d{1,2}$/.test(word)) return String(Number(word));
  const isSafe = word.length > 1 || isLast;
  return isSafe && Object.hasOwn(romans, word) ? (romans[word] ?? '') : '';
}

const groupSpellings = Object.keys(groupWords).filter((word) => word.length >= 5);

/** The group word that `word` is, one slip of the pen allowed ("Grop", "Personeeel"); empty when it is none. */
export function groupWordOf(word: string): string {
  if (Object.hasOwn(groupWords, word)) return groupWords[word] ?? '';
  if (word.length < 4) return '';
  for (const spelling of groupSpellings) {
    // A replaced letter makes other words of the short ones: groep, groen.
    const isAllowed = spelling.length >= 7 || spelling.length !== word.length || word[0] !== spelling[0];
    const isNear = Math.abs(spelling.length - word.length) <= 1 && isAllowed && sharesAnEnd(word, spelling);
    if (isNear && editsBetween(word, spelling) === 1) {
      return groupWords[spelling] ?? '';
    }
  }
  return '';
}

// One slip leaves the first or the last two letters as they are; this is cheaper than a distance.
function sharesAnEnd(word: string, spelling: string): boolean {
  return (word[0] === spelling[0] && word[1] === spelling[1])
    || (word.at(-1) === spelling.at(-1) && word.at(-2) === spelling.at(-2));
}

function significant(core: readonly string[]): readonly string[] {
  const kept = core.filter((word) => !particles.has(word) && !titles.has(word));
  return kept.length > 0 ? kept : core;
}
