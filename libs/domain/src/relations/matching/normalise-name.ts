import { takeGroupParts } from './group-parts.js';
import { isCollectiveName } from './junk-values.js';
import { isInitialsForm, splitLegalForm, type LegalForm } from './legal-forms.js';
import { addressees, commonWords, particles, retiredMarks, titles } from './name-words.js';
import { foldText } from './normalise-text.js';
import { readPerson, type PersonName } from './person-name.js';
import { trailingPlace } from './places.js';
import { splitWords } from './split-words.js';

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
  /** The group words as they are written, Group and Groep apart. */
  readonly groupAsWritten: string;
  /** Series numeral in Arabic digits; empty for none. */
  readonly numeral: string;
  /** Place at the end of the name; empty for none. */
  readonly place: string;
  /** The place stands before the legal form ("X Ede B.V."), as it does in the name of a daughter of X. */
  readonly isPlaceInside: boolean;
  readonly person: PersonName | null;
  /** A legal form, group word or trade word shows that this is no natural person. */
  readonly isCompany: boolean;
}

/** What the source says a relation is; null when it does not say. */
export type NameKind = 'company' | 'person' | null;

const aliasesMax = 4;
const aliasMarks =
  /\s\(?(?:(?:t\.?\s?)?h\.?\s?o\.?\s?d\.?\s?n\.?|handelend onder de naam:?|v\/h|voorheen|a\/k\/a|t\/a)\s/;

// Cheap, and true for every text that the marks can divide.
const aliasHint = /o\.?\s?d\.?\s?n|handelend|\/|voorheen/;

/**
 * The names in a name field: one, or several for "Jansen h.o.d.n. De Eik" and "De Eik v/h Jansen"; none for an empty,
 * placeholder or collective name such as "Diversen". `ownCity` is the record's own place in comparison spelling,
 * `kind` what the source says it is.
 */
export function normaliseNames(
  text: string | null | undefined,
  ownCity = '',
  kind: NameKind = null,
): readonly NormalisedName[] {
  const folded = dropRetiredMarks(foldText(text));
  if (!aliasHint.test(folded)) {
    const only = normaliseOne(folded, ownCity, kind);
    return only ? [only] : [];
  }
  return ` ${folded} `
    .split(aliasMarks)
    .slice(0, aliasesMax)
    .map((part) => normaliseOne(part.trim(), ownCity, kind))
    .filter((name) => name !== null);
}

/** The stem of the first name in a field; empty when it names nobody. The word that exclusivity counts. */
export function nameStem(text: string | null | undefined): string {
  return normaliseNames(text)[0]?.stem ?? '';
}

function dropRetiredMarks(folded: string): string {
  if (
    !/^[^a-z0-9]|^[zx]{2}|^niet|^verv|^dub|[([]| - |t\.?\s?a\.?\s?v|inzake|betreft|[cp]\/[oa]|ter att/.test(
      folded,
    )
  )
    return folded;
  let rest = folded.replace(addressees, '');
  for (const mark of retiredMarks) rest = rest.replace(mark, '');
  return /[a-z0-9]/.test(rest) ? rest : folded;
}

function normaliseOne(folded: string, ownCity: string, kind: NameKind): NormalisedName | null {
  const { words, initialWords } = splitWords(reorderComma(folded));
  if (words.length === 0 || isCollectiveName(words.join(' '))) return null;
  const stripped = isWithInitials(words, initialWords)
    ? { words, form: null, place: '', isPlaceInside: false }
    : stripFormAndPlace(words, ownCity);
  const isKnown = stripped.form !== null || kind === 'company';
  const { core, group, groupAsWritten, numeral } = takeGroupParts(stripped.words, isKnown);
  const hasTrade = core.some((word) => commonWords.has(word));
  const isCompany = isKnown || group !== '' || (hasTrade && kind !== 'person');
  const isNumbered = numeral !== '' && !/^[js]r$/.test(numeral);
  const person = isCompany || isNumbered ? null : readPerson(withoutGeneration(stripped.words), initialWords);
  const kept = significant(core);
  const stem = [...kept].sort().join(' ') + (group && ` ~${group}`) + (numeral && ` #${numeral}`);
  const joined = core.join('');
  return {
    stem,
    core: kept,
    joined,
    wordCount: core.length,
    form: stripped.form,
    group,
    groupAsWritten,
    numeral,
    place: stripped.place,
    isPlaceInside: stripped.isPlaceInside,
    person,
    isCompany,
  };
}

// "Jansen A.B.": a surname and initials, and no Swedish company.
function isWithInitials(words: readonly string[], initialWords: ReadonlySet<string>): boolean {
  const last = words.at(-1) ?? '';
  return initialWords.has(last) && isInitialsForm(last);
}

function withoutGeneration(words: readonly string[]): readonly string[] {
  return /^([js]r|senior|junior)$/.test(words.at(-1) ?? '') ? words.slice(0, -1) : words;
}

// "Berg, Jan van den" is "Jan van den Berg"; a comma in a longer or a company's name is only punctuation.
function reorderComma(folded: string): string {
  if (!folded.includes(',')) return folded;
  const parts = folded.split(',');
  if (parts.length !== 2 || !parts[0] || !parts[1]) return folded;
  const isShort = parts[0].trim().split(' ').length <= 2 && parts[1].trim().split(' ').length <= 4;
  const behind = parts[1].replace(/\./g, '').trim();
  const isInitials = parts[1].includes('.') && isInitialsForm(behind);
  const isForm = !isInitials && splitLegalForm(['x', ...behind.split(/\s+/)]).form !== null;
  return isShort && !isForm ? `${parts[1].trim()} ${parts[0].trim()}` : folded;
}

interface Stripped {
  readonly words: readonly string[];
  readonly form: LegalForm | null;
  readonly place: string;
  readonly isPlaceInside: boolean;
}

// Twice, because a place is written before the form ("X Ede B.V.") and behind it ("X B.V. Ede").
function stripFormAndPlace(words: readonly string[], ownCity: string): Stripped {
  let rest = words;
  let form: LegalForm | null = null;
  let place = '';
  let isPlaceInside = false;
  for (let pass = 0; pass < 2; pass++) {
    const split = splitLegalForm(rest);
    form = split.form ?? form;
    const isFormBehind = split.form !== null && split.words.at(-1) !== rest.at(-1);
    rest = split.words;
    const found = trailingPlace(rest, ownCity);
    // "Jan van Ede" is a surname, and "Den Haag Glas" keeps its only words.
    if (!found || (rest.length > found.length && particles.has(rest[rest.length - found.length - 1] ?? '')))
      continue;
    if (place === '' || place === ownCity) {
      place = found.place;
      isPlaceInside = isFormBehind;
    }
    rest = rest.slice(0, -found.length);
  }
  return { words: rest, form, place, isPlaceInside };
}

function significant(core: readonly string[]): readonly string[] {
  const kept = core.filter((word) => !particles.has(word) && !titles.has(word));
  return kept.length > 0 ? kept : core;
}
