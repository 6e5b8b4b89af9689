import { editsBetween, isTypo } from './edit-distance.js';
import { givenNames } from './given-names.js';
import type { NameModel } from './name-model.js';
import { commonSurnames, commonWords } from './name-words.js';

/** What trades end in, written together with what they work at. */
const compoundEndings: readonly string[] =
  'werken werk bedrijf bedrijven bouw handel techniek technieken service diensten verhuur verkoop projecten producten systemen materialen'.split(
    ' ',
  );
/** Two slips in fewer letters make another word. */
const twoSlipsFrom = 9;

/**
 * Whether two words of names are one word and a slip of the pen, and not two words that are usual by themselves, name two trades, or are
 * the given names of two of a family ("Joris" and "Boris", each with a holding of his own).
 */
export function isSlip(one: string, other: string, model: NameModel): boolean {
  if (!isTypo(one, other) || areBothUsual(one, other, model)) return false;
  return !isOtherTrade(one, other) && !(givenNames.has(one) && givenNames.has(other));
}

// "Laswerken" and "Dakwerken" are long words two letters apart; what they work at is short.
function isOtherTrade(one: string, other: string): boolean {
  const ending = compoundEndings.find((each) => one.endsWith(each) && other.endsWith(each));
  if (ending === undefined) return false;
  const [head, otherHead] = [one.slice(0, -ending.length), other.slice(0, -ending.length)];
  return Math.min(head.length, otherHead.length) < twoSlipsFrom && editsBetween(head, otherHead) > 1;
}

/** A slip of the pen is not made alike in this many different names. */
const usualFrom = 5;

// "Bouw" and "Hout", "Noordoost" and "Noordwest": two usual words are two words, not one and a slip of the pen.
export function areBothUsual(one: string, other: string, model: NameModel): boolean {
  return isUsual(one, model) && isUsual(other, model);
}

function isUsual(word: string, model: NameModel): boolean {
  return commonWords.has(word) || commonSurnames.has(word) || model.stemsWith(word) >= usualFrom;
}
