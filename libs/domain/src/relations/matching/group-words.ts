import { isTypo } from './edit-distance.js';
import type { RecordTable } from './record-table.js';
import { forEachSharing } from './sharing.js';
import { slot } from './table-row.js';

/** Of a word the families of companies that it tells apart, and those in which it stands for nothing. */
interface Votes {
  readonly apart: Set<string>;
  readonly same: Set<string>;
}

const familiesMin = 3;
/** Among more names more families have a word more by chance. */
const namesPerFamilyMore = 10_000;
const apartPerSameMin = 4;
/** Users of one value that are laid side by side. */
export const blockMax = 40;

/** Which words tell companies apart, by pairs of names whose owners share a value. */
export class GroupVotes {
  readonly #votes = new Map<string, Votes>();

  /** The words of two names, and whether one registration number or different ones stand beside them. */
  add(a: readonly string[], b: readonly string[], isSame: boolean): void {
    const difference = differingWords(a, b);
    if (!difference) return;
    for (const word of difference.words) {
      const of = this.#votes.get(word) ?? { apart: new Set(), same: new Set() };
      this.#votes.set(word, of);
      (isSame ? of.same : of.apart).add(difference.family);
    }
  }

  /**
   * Those of which enough families say so, three at least and one more for every 10,000 of so many different names, and four times as many
   * as drop the word at will under one number.
   */
  words(names: number): ReadonlySet<string> {
    const families = familiesMin + Math.floor(names / namesPerFamilyMore);
    const learnt = [...this.#votes].filter(
      ([, { apart, same }]) => apart.size >= families && apart.size >= apartPerSameMin * same.size,
    );
    return new Set(learnt.map(([word]) => word));
  }
}

/**
 * Words that tell the companies of one group apart, learnt from the records: two records share an address, a mailbox, a
 * domain, a phone or an account, have different registration numbers, and their names differ in this word only ("Jansen" and "Jansen
 * Horeca").
 */
export function learnGroupWords(table: RecordTable): ReadonlySet<string> {
  const votes = new GroupVotes();
  forEachSharing(table, ({ kind, members }) => {
    if (kind === 'kvk') return; // one number is one company: it tells nobody apart
    for (let x = 1; x < Math.min(members.length, blockMax); x++)
      for (let y = 0; y < x; y++) vote(table, { one: members[y] ?? 0, other: members[x] ?? 0, votes });
  });
  return votes.words(differentNames(table));
}

function differentNames(table: RecordTable): number {
  const isSeen = new Uint8Array(table.texts.size);
  let count = 0;
  for (let r = 0; r < table.length; r++) {
    table.names.forEachCore(table.valueOf(r, slot.names), (stem) => {
      if (isSeen[stem] === 0) count++;
      isSeen[stem] = 1;
    });
  }
  return count;
}

interface Pair {
  readonly one: number;
  readonly other: number;
  readonly votes: GroupVotes;
}

function vote(table: RecordTable, { one, other, votes }: Pair): void {
  const isSame = isRegisteredSame(table, one, other);
  if (isSame === null) return;
  const [listA, listB] = [table.valueOf(one, slot.names), table.valueOf(other, slot.names)];
  if (table.names.firstStem(listA) === table.names.firstStem(listB)) return;
  const [a, b] = [table.names.read(listA)[0], table.names.read(listB)[0]];
  if (!a || !b || a.person || b.person) return;
  votes.add(a.core, b.core, isSame);
}

// True for one number, false for different ones, null when nothing can be said.
function isRegisteredSame(table: RecordTable, one: number, other: number): boolean | null {
  const isEqual = (at: number): boolean | null => {
    const [a, b] = [table.valueOf(one, at), table.valueOf(other, at)];
    return a !== 0 && b !== 0 ? a === b : null;
  };
  const isOneKind = table.valueOf(one, slot.vatKind) === table.valueOf(other, slot.vatKind);
  return isOneOwner(isEqual(slot.kvk), isOneKind ? isEqual(slot.vatRoot) : null);
}

/** By whether two KvK numbers and two VAT numbers are one: null where nothing can be said, or they contradict each other. */
export function isOneOwner(kvk: boolean | null, vat: boolean | null): boolean | null {
  if (kvk === true || vat === true) return kvk !== false && vat !== false ? true : null;
  return kvk === false || vat === false ? false : null;
}

/** What two names have in common, and the one word (or the two) by which they differ; null when they differ in more. */
function differingWords(
  a: readonly string[],
  b: readonly string[],
): { family: string; words: readonly string[] } | null {
  const onlyA = a.filter((word) => !b.includes(word));
  const onlyB = b.filter((word) => !a.includes(word));
  const common = a.filter((word) => b.includes(word));
  if (common.length === 0 || onlyA.length > 1 || onlyB.length > 1) return null;
  const [wordA, wordB] = [onlyA[0], onlyB[0]];
  if (wordA && wordB && isTypo(wordA, wordB)) return null;
  return { family: common.sort().join(' '), words: [...onlyA, ...onlyB] };
}
