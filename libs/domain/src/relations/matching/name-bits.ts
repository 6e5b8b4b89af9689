import { givenNames } from './given-names.js';
import type { NameModel } from './name-model.js';
import { commonSurnames, commonWords } from './name-words.js';

const commonWordBits = 3;
const commonSurnameBits = 4;
const givenNameBits = 4;
const shortWordBits = 4;
const otherWordBits = 10;

/** How many names the built-in figures count for beside those that were counted. */
const builtInNames = 200;

/**
 * How much it tells that two names share these words (bits): invented names much, trade words little. The other names
 * of the same records correct the built-in figures, in proportion to their number.
 */
export function nameBits(words: readonly string[], model: NameModel): number {
  const known = knownBitsOf(model);
  let bits = 0;
  for (const word of words) {
    let own = known.get(word);
    if (own === undefined) {
      if (known.size === knownMax) known.clear();
      known.set(word, (own = wordBits(word, model)));
    }
    bits += own;
  }
  return bits;
}

/** Words whose bits are remembered for a model: the same ones come again and again. */
const knownMax = 100_000;
const knownBits = new WeakMap<NameModel, Map<string, number>>();

function knownBitsOf(model: NameModel): Map<string, number> {
  let known = knownBits.get(model);
  if (!known) knownBits.set(model, (known = new Map<string, number>()));
  return known;
}

// How seldom another name has the word; the name itself is left out.
function wordBits(word: string, model: NameModel): number {
  const builtIn = builtInBits(word);
  if (model.stems === 0) return builtIn;
  const others = Math.max(0, model.stemsWith(word) - 1);
  return -Math.log2((others + builtInNames * 2 ** -builtIn) / (model.stems + builtInNames));
}

function builtInBits(word: string): number {
  if (commonWords.has(word)) return commonWordBits;
  if (commonSurnames.has(word)) return commonSurnameBits;
  if (givenNames.has(word)) return givenNameBits;
  return word.length <= 3 ? shortWordBits : otherWordBits;
}
