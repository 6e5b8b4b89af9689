import { isTypo } from './edit-distance.js';
import { givenNames } from './given-names.js';
import { nameBits } from './name-bits.js';
import type { NameModel } from './name-model.js';
import { particles } from './name-words.js';
import type { NormalisedName } from './normalise-name.js';
import { compareGiven } from './person-name.js';
import { areBothUsual, isSlip } from './slip-of-the-pen.js';

/**
 * equal: same words; typo: same words with slips of the pen; initials: one person as far as initials tell; contained: one
 * name has words more; similar: some distinctive words in common; unknown: a name is missing or means nobody.
 */
export type NameLevel = 'equal' | 'typo' | 'initials' | 'contained' | 'similar' | 'different' | 'unknown';

export interface NameComparison {
  readonly level: NameLevel;
  /** How much the words in common tell, in bits: common trade words little, invented names much. */
  readonly bits: number;
  readonly a: NormalisedName | null;
  readonly b: NormalisedName | null;
  /** Two persons with one surname and other given names: father and son, a couple. */
  readonly isOtherPerson: boolean;
  /** Words differ by an ending (Project, Projects), a letter of a short word, or are initials: two companies may do so as well. */
  readonly isUnsure: boolean;
}

const unknown: NameComparison = {
  level: 'unknown',
  bits: 0,
  a: null,
  b: null,
  isOtherPerson: false,
  isUnsure: false,
};
const rank: Readonly<Record<NameLevel, number>> = {
  equal: 6,
  typo: 5,
  initials: 4,
  contained: 3,
  similar: 2,
  different: 1,
  unknown: 0,
};

/** Compares all names of two records (trade and former names included) and gives the best; the first ones win ties. */
export function compareNames(
  as: readonly NormalisedName[],
  bs: readonly NormalisedName[],
  model: NameModel,
): NameComparison {
  let best = unknown;
  for (const a of as) {
    for (const b of bs) {
      const found = compareName(a, b, model);
      if (rank[found.level] > rank[best.level]) best = found;
    }
  }
  return best;
}

function compareName(a: NormalisedName, b: NormalisedName, model: NameModel): NameComparison {
  const isEqual = a === b || a.stem === b.stem || (a.joined === b.joined && a.joined.length >= joinedMin);
  if (isEqual || isFormAttached(a, b) || isFormAttached(b, a) || isSameWhole(a, b))
    return {
      level: 'equal',
      bits: bitsOfEither(a.core, b.core, model),
      a,
      b,
      isOtherPerson: false,
      isUnsure: false,
    };
  if (a.person && b.person) return comparePersons(a, b, model);
  if (isAcronym(a, b) || isAcronym(b, a))
    return { level: 'initials', bits: acronymBits, a, b, isOtherPerson: false, isUnsure: true };
  const aligned = alignWords(a.core, b.core, model);
  const { shared, sharedB } = aligned;
  const isInflected = !aligned.isExact && shared.some((word, at) => isOtherEnding(word, sharedB[at] ?? ''));
  const bits = bitsOfEither(shared, sharedB, model);
  const isOneOff = isOneLetterOff(aligned, bits);
  const level = isOneOff ? 'typo' : levelOf(a, b, { ...aligned, bits, sharedCount: shared.length });
  const whole = bitsOfEither(a.core, b.core, model);
  const isUnsure = isOneOff || isInflected;
  return { level, bits: level === 'typo' ? whole : bits, a, b, isOtherPerson: false, isUnsure };
}

// A slip of the pen, or a blank left out, makes a word that nobody else has; the right spelling tells how usual it is.
function bitsOfEither(as: readonly string[], bs: readonly string[], model: NameModel): number {
  const bits = nameBits(as, model);
  return areSame(as, bs) ? bits : Math.min(bits, nameBits(bs, model));
}

function areSame(as: readonly string[], bs: readonly string[]): boolean {
  return as.length === bs.length && as.every((word, at) => word === bs[at]);
}

const acronymBits = 14;

// "PLA" is the "People's Liberation Army": the first letters of three words at least.
function isAcronym(short: NormalisedName, long: NormalisedName): boolean {
  const [word = ''] = short.core;
  if (short.core.length > 1 || long.core.length < 3 || word.length !== long.core.length) return false;
  return long.core.every((other, at) => other[0] === word[at]);
}

const oneOffBitsMin = 10;

// "Benn" for "Benz" beside a word that tells; in words of three or four letters only, longer ones are typos.
function isOneLetterOff({ free }: Alignment, sharedBits: number): boolean {
  const [one = '', other = ''] = free;
  if (free.length !== 2 || sharedBits < oneOffBitsMin) return false;
  if (one.length !== other.length || one.length < 3 || one.length > 4 || /\d/.test(one + other)) return false;
  let off = 0;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) off++;
  return off === 1;
}

// "JansenBV" is "Jansen B.V." without the blank.
function isFormAttached(whole: NormalisedName, split: NormalisedName): boolean {
  if (whole.form !== null || split.form === null || whole.joined.length < joinedMin) return false;
  return whole.joined.endsWith(split.form.code) && whole.joined === split.joined + split.form.code;
}

/** Whether two names are the same words once a place at the end of either is one of its words. */
export function isSameWhole(a: NormalisedName, b: NormalisedName): boolean {
  return a.place !== b.place && a.group === b.group && a.numeral === b.numeral && wholeOf(a) === wholeOf(b);
}

// "Tilburg Schilders" is "Schilders Tilburg": all words in alphabetical order.
function wholeOf(name: NormalisedName): string {
  return [...name.core, ...name.place.split(' ')]
    .filter((word) => word !== '' && !particles.has(word))
    .sort()
    .join(' ');
}

function comparePersons(a: NormalisedName, b: NormalisedName, model: NameModel): NameComparison {
  const [one, other] = [a.person, b.person];
  if (!one || !other) return unknown;
  const isSurname = one.surname === other.surname || isTypo(one.surname, other.surname);
  const given = compareGiven(one, other);
  if (!isSurname) {
    const shared = commonSurname(one.surname, other.surname);
    const bits = nameBits(shared, model);
    if (shared.length === 0) return { level: 'different', bits, a, b, isOtherPerson: false, isUnsure: false };
    const isOtherPerson = given === 'different';
    return { level: isOtherPerson ? 'similar' : 'contained', bits, a, b, isOtherPerson, isUnsure: false };
  }
  // Marian and Marjan are two names; Marian and Mariian are one.
  const areNames = givenNames.has(one.given) && givenNames.has(other.given);
  const isSlip = !areNames && one.given !== '' && other.given !== '' && isTypo(one.given, other.given);
  const bits = bitsOfEither(one.surname.split(' '), other.surname.split(' '), model) + 2;
  if (given === 'different' && !isSlip)
    return { level: 'similar', bits, a, b, isOtherPerson: true, isUnsure: false };
  const isFull = given === 'equal' || isSlip;
  const level = isFull ? (given === 'equal' && one.surname === other.surname ? 'equal' : 'typo') : 'initials';
  return { level, bits: isFull ? bits + 2 : bits, a, b, isOtherPerson: false, isUnsure: false };
}

// "De Wit-Bakker" is "De Wit" or "Bakker" where a married name is used; the one written alone.
function commonSurname(one: string, other: string): readonly string[] {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const words = short.split(' ');
  return words.every((word) => long.split(' ').includes(word)) ? words : [];
}

interface Alignment {
  /** The words in common, in the spelling of either name. */
  readonly shared: readonly string[];
  readonly sharedB: readonly string[];
  readonly isExact: boolean;
  readonly leftA: number;
  readonly leftB: number;
  /** The other words of both names, when each has one and they are not both usual; else none. */
  readonly free: readonly string[];
}

function alignWords(as: readonly string[], bs: readonly string[], model: NameModel): Alignment {
  const shared: string[] = [];
  const sharedB: string[] = [];
  const free = [...bs];
  let isExact = true;
  for (const word of as) {
    let at = free.indexOf(word);
    if (at < 0) {
      at = free.findIndex((other) => isSlip(word, other, model));
      if (at >= 0) isExact = false;
    }
    if (at < 0) continue;
    shared.push(word);
    sharedB.push(...free.splice(at, 1));
  }
  const leftA = as.length - shared.length;
  const alone = leftA === 1 && free.length === 1 ? as.find((word) => !shared.includes(word)) : undefined;
  const isPair = alone !== undefined && !areBothUsual(alone, free[0] ?? '', model);
  return {
    ...{ shared, sharedB, isExact, leftA, leftB: free.length },
    free: isPair ? [alone, free[0] ?? ''] : [],
  };
}

const similarBitsMin = 6;
const joinedTypoMin = 8;
const joinedMin = 5;

function levelOf(
  a: NormalisedName,
  b: NormalisedName,
  found: { bits: number; isExact: boolean; leftA: number; leftB: number; sharedCount: number },
): NameLevel {
  if (found.leftA === 0 && found.leftB === 0) return found.isExact ? 'equal' : 'typo';
  // "Bouw Bedrijf Jansenn" against "Bouwbedrijf Jansen": blanks moved and a slip as well.
  const isOtherSplit = a.wordCount !== b.wordCount && found.leftA > 0 && found.leftB > 0;
  if (isOtherSplit && a.joined.length >= joinedTypoMin && isTypo(a.joined, b.joined)) return 'typo';
  if (found.sharedCount > 0 && (found.leftA === 0 || found.leftB === 0)) return 'contained';
  return found.bits >= similarBitsMin ? 'similar' : 'different';
}

const endings: ReadonlySet<string> = new Set(['s', 'n', 'en', 'e']);

function isOtherEnding(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.startsWith(short) && endings.has(long.slice(short.length));
}
