import { isTypo } from './edit-distance.js';
import type { Features } from './features.js';
import type { Sharing } from './sharing.js';
import type { NormalisedName } from './normalise-name.js';

/** Word → how many families of companies it tells apart, and how many companies it stands for nothing in. */
interface Votes {
  readonly apart: Set<string>;
  readonly same: Set<string>;
}

const familiesMin = 3;
const apartPerSameMin = 4;
const blockMax = 40;

/**
 * Words that tell the companies of one group apart, learnt from the records: two records share an address, a mailbox, a
 * domain or a phone, have different registration numbers, and their names differ in this word only ("Jansen" and "Jansen
 * Horeca"). At least three families must say so, and four times as many as drop the word at will under one number.
 */
export function learnGroupWords(records: readonly Features[], sharing: Sharing): ReadonlySet<string> {
  const votes = new Map<string, Votes>();
  sharing.forEach((members) => {
    for (let x = 1; x < Math.min(members.length, blockMax); x++) {
      for (let y = 0; y < x; y++) {
        const one = records[members[y] ?? 0];
        const other = records[members[x] ?? 0];
        if (one && other) vote(one, other, votes);
      }
    }
  });
  const learnt = [...votes].filter(
    ([, { apart, same }]) => apart.size >= familiesMin && apart.size >= apartPerSameMin * same.size,
  );
  return new Set(learnt.map(([word]) => word));
}

function vote(one: Features, other: Features, votes: Map<string, Votes>): void {
  const a = one.names[0];
  const b = other.names[0];
  if (!a || !b || a.person || b.person || a.stem === b.stem) return;
  const isSame = isRegisteredSame(one, other);
  if (isSame === null) return;
  const difference = differingWords(a, b);
  if (!difference) return;
  for (const word of difference.words) {
    const of = votes.get(word) ?? { apart: new Set(), same: new Set() };
    votes.set(word, of);
    (isSame ? of.same : of.apart).add(difference.family);
  }
}

// True for one number, false for different ones, null when nothing can be said.
function isRegisteredSame(one: Features, other: Features): boolean | null {
  const kvk = one.kvk !== null && other.kvk !== null ? one.kvk === other.kvk : null;
  const vat =
    one.vat && other.vat && one.vat.kind === other.vat.kind ? one.vat.root === other.vat.root : null;
  if (kvk === true || vat === true) return kvk !== false && vat !== false ? true : null;
  return kvk === false || vat === false ? false : null;
}

/** What two names have in common, and the one word (or the two) by which they differ; null when they differ in more. */
function differingWords(
  a: NormalisedName,
  b: NormalisedName,
): { family: string; words: readonly string[] } | null {
  const onlyA = a.core.filter((word) => !b.core.includes(word));
  const onlyB = b.core.filter((word) => !a.core.includes(word));
  const common = a.core.filter((word) => b.core.includes(word));
  if (common.length === 0 || onlyA.length > 1 || onlyB.length > 1) return null;
  const [wordA, wordB] = [onlyA[0], onlyB[0]];
  if (wordA && wordB && isTypo(wordA, wordB)) return null;
  return { family: common.sort().join(' '), words: [...onlyA, ...onlyB] };
}
