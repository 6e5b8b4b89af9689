import { isTypo } from './edit-distance.js';
import type { NormalisedName } from './normalise-name.js';
import type { RecordTable } from './record-table.js';
import { forEachSharing } from './sharing.js';
import { slot } from './table-row.js';

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
 * domain, a phone or an account, have different registration numbers, and their names differ in this word only ("Jansen" and "Jansen
 * Horeca"). At least three families must say so, and four times as many as drop the word at will under one number.
 */
export function learnGroupWords(table: RecordTable): ReadonlySet<string> {
  const votes = new Map<string, Votes>();
  forEachSharing(table, ({ kind, members }) => {
    if (kind === 'kvk') return; // one number is one company: it tells nobody apart
    for (let x = 1; x < Math.min(members.length, blockMax); x++)
      for (let y = 0; y < x; y++) vote(table, { one: members[y] ?? 0, other: members[x] ?? 0, votes });
  });
  const learnt = [...votes].filter(
    ([, { apart, same }]) => apart.size >= familiesMin && apart.size >= apartPerSameMin * same.size,
  );
  return new Set(learnt.map(([word]) => word));
}

interface Pair {
  readonly one: number;
  readonly other: number;
  readonly votes: Map<string, Votes>;
}

function vote(table: RecordTable, { one, other, votes }: Pair): void {
  const isSame = isRegisteredSame(table, one, other);
  if (isSame === null) return;
  const [listA, listB] = [table.valueOf(one, slot.names), table.valueOf(other, slot.names)];
  if (table.names.firstStem(listA) === table.names.firstStem(listB)) return;
  const [a, b] = [table.names.read(listA)[0], table.names.read(listB)[0]];
  if (!a || !b || a.person || b.person) return;
  const difference = differingWords(a, b);
  if (!difference) return;
  for (const word of difference.words) {
    const of = votes.get(word) ?? { apart: new Set(), same: new Set() };
    votes.set(word, of);
    (isSame ? of.same : of.apart).add(difference.family);
  }
}

// True for one number, false for different ones, null when nothing can be said.
function isRegisteredSame(table: RecordTable, one: number, other: number): boolean | null {
  const isEqual = (at: number): boolean | null => {
    const [a, b] = [table.valueOf(one, at), table.valueOf(other, at)];
    return a !== 0 && b !== 0 ? a === b : null;
  };
  const kvk = isEqual(slot.kvk);
  const isOneKind = table.valueOf(one, slot.vatKind) === table.valueOf(other, slot.vatKind);
  const vat = isOneKind ? isEqual(slot.vatRoot) : null;
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
