import type { Features } from './features.js';
import type { RecordTable } from './record-table.js';
import { hashText } from './hash-text.js';
import { intsLike, numbersLike, sharedNumbers } from './shared-arrays.js';

/** A block of more records than this is divided by a second key instead of being dropped (matching.md, section 3). */
export const blockSizeMax = 40;
/** What every administration has, with a double here and there, stays together where a tenant has the most administrations: 50. */
const alikeMax = 100;

/** So many that agree in all that a block is divided by are still compared with each other: whom all administrations have, twice. */
export function alikeUpTo(administrations: number): number {
  return Math.min(alikeMax, Math.max(blockSizeMax, administrations * 2));
}

/** Candidate keys of all records as numbers: who shares a key, without a string kept alive. */
export interface KeyIndex {
  /** Entries of record r are `starts[r]` up to `starts[r + 1]`. */
  readonly starts: Int32Array;
  readonly recordOf: Int32Array;
  /** Key of each entry, which some other record has as well. Multiples of `unit`. */
  readonly hashes: Float64Array;
  /** Entry numbers are smaller than this, so hash + entry fits one exact double. */
  readonly unit: number;
  readonly keysDivided: number;
}

/** The hashed keys of record r stand from `starts[r]` to `starts[r + 1]`. */
export type RecordHashes = Pick<KeyIndex, 'starts' | 'hashes'>;

/**
 * Builds the index (`keys.hashes` serves no more then) and settles the blocks: keys of one record go, keys of more than 40 get a
 * second, third and fourth part. Hash collisions only cost a needless comparison. Records must be sorted by id, so that input
 * order cannot matter. Other threads can read it if they can read the keys.
 */
export function buildKeyIndex(records: RecordTable, keys: RecordHashes): KeyIndex {
  const { starts, hashes } = keys;
  const unit = 2 ** Math.max(1, Math.ceil(Math.log2(hashes.length + 1)));
  for (let e = 0; e < hashes.length; e++) hashes[e] = toUnit(hashes[e] ?? 0, unit);
  dropLoneKeys(hashes, unit);
  const keysDivided = settleBlocks(records, { hashes, starts, unit });
  return { ...withoutKeysOfOne(keys), unit, keysDivided };
}

const slotsPerKey = 4;

// Whoever is alone in a slot is alone with its key, and needs no sorting; the few lone ones that share a slot are found by it.
function dropLoneKeys(hashes: Float64Array, unit: number): void {
  const counts = new Uint8Array(2 ** Math.ceil(Math.log2(hashes.length * slotsPerKey + 1)));
  const last = counts.length - 1;
  const perUnit = 1 / unit;
  for (let e = 0; e < hashes.length; e++) {
    const slot = ((hashes[e] ?? 0) * perUnit) & last;
    if (counts[slot] !== 2) counts[slot]!++;
  }
  for (let e = 0; e < hashes.length; e++)
    if (counts[((hashes[e] ?? 0) * perUnit) & last] === 1) hashes[e] = 0;
}

// Most keys are of one record only: what is left of them would be the larger part of the index.
function withoutKeysOfOne({
  starts: read,
  hashes: all,
}: RecordHashes): Omit<KeyIndex, 'unit' | 'keysDivided'> {
  const starts = intsLike(read, read.length);
  let count = 0;
  for (let r = 0; r < read.length - 1; r++) {
    const end = read[r + 1] ?? 0;
    for (let e = read[r] ?? 0; e < end; e++) if (all[e] !== 0) all[count++] = all[e] ?? 0;
    starts[r + 1] = count;
  }
  const recordOf = intsLike(read, count);
  for (let r = 0; r < starts.length - 1; r++) recordOf.fill(r, starts[r], starts[r + 1]);
  const hashes = numbersLike(all, count);
  hashes.set(all.subarray(0, count));
  return { starts, recordOf, hashes };
}

/** Calls `visit` with the entries of each block (two or more, ascending); the array is reused between calls. */
export function forEachBlock(
  index: Pick<KeyIndex, 'hashes' | 'unit'>,
  visit: (entries: number[]) => void,
): void {
  walkBlocks(sortedKeys(index), index.unit, visit);
}

/** All keys with their entries, sorted: those of one block stand side by side. For `walkBlocks`. */
export function sortedKeys(index: Pick<KeyIndex, 'hashes'>): Float64Array {
  return sortInto(new Float64Array(index.hashes.length), index);
}

/** As `sortedKeys`, for several threads to read. */
export function sharedSortedKeys(index: Pick<KeyIndex, 'hashes'>): Float64Array {
  return sortInto(sharedNumbers(index.hashes.length), index);
}

function sortInto(packed: Float64Array, { hashes }: Pick<KeyIndex, 'hashes'>): Float64Array {
  for (let e = 0; e < hashes.length; e++) packed[e] = (hashes[e] ?? 0) + e;
  return packed.sort();
}

/** The first key of record `i` that record `j` has too, or 0: a pair is compared only for that one. */
export function firstCommonKey(index: RecordHashes, i: number, j: number): number {
  const { starts, hashes } = index;
  const endI = starts[i + 1] ?? 0;
  const startJ = starts[j] ?? 0;
  const endJ = starts[j + 1] ?? 0;
  for (let e = starts[i] ?? 0; e < endI; e++) {
    const hash = hashes[e] ?? 0;
    for (let f = startJ; f < endJ; f++) if (hashes[f] === hash) return hash;
  }
  return 0;
}

function toUnit(hash: number, unit: number): number {
  const rounded = Math.floor(hash / unit) * unit;
  return rounded === 0 ? unit : rounded;
}

function allEntries(hashes: Float64Array): Int32Array {
  let count = 0;
  for (const hash of hashes) if (hash !== 0) count++;
  const entries = new Int32Array(count);
  let at = 0;
  for (let e = 0; e < hashes.length; e++) if (hashes[e] !== 0) entries[at++] = e;
  return entries;
}

function sortedEntries(hashes: Float64Array, entries: Int32Array): Float64Array {
  const packed = new Float64Array(entries.length);
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] ?? 0;
    packed[i] = (hashes[entry] ?? 0) + entry;
  }
  return packed.sort();
}

/** Calls `visit` with the entries of each block among sorted keys; the array is reused between calls. */
export function walkBlocks(sorted: Float64Array, unit: number, visit: (entries: number[]) => void): void {
  const block: number[] = [];
  const perUnit = 1 / unit; // a power of two: no remainder, which is slow for doubles, is needed
  let current = -1;
  for (let at = 0; at < sorted.length; at++) {
    const packed = sorted[at] ?? 0;
    const hash = Math.floor(packed * perUnit) * unit;
    const entry = (packed - hash) | 0; // a small whole number, which lists and look-ups like better
    if (hash !== current) {
      if (block.length > 0) visit(block);
      block.length = 0;
      current = hash;
    }
    block.push(entry);
  }
  if (block.length > 0) visit(block);
}

// What a block that is too big is divided by, one after the other; the last resort is order, which the sorted ids fix.
const divisions: readonly ((features: Features) => string)[] = [
  (features) => longest(features.names[0]?.core ?? []),
  (features) => features.address.postcode.slice(0, 4) || features.address.city,
  (features) => features.names[0]?.stem ?? '',
  (features) => features.addressKey ?? features.email ?? features.phone ?? '',
];

interface Settling {
  readonly hashes: Float64Array;
  readonly starts: Int32Array;
  readonly unit: number;
}

function settleBlocks(records: RecordTable, settling: Settling): number {
  const { hashes, starts, unit } = settling;
  const alikeMost = alikeUpTo(records.administrations().size);
  let pending = allEntries(hashes);
  let divided = 0;
  for (let level = 0; level <= divisions.length && pending.length > 0; level++) {
    const next: number[] = [];
    const division = divisions[level];
    walkBlocks(sortedEntries(hashes, pending), unit, (block) => {
      if (block.length === 1) hashes[block[0] ?? 0] = 0;
      if (block.length <= (division ? blockSizeMax : alikeMost)) return;
      divided++;
      for (let k = 0; k < block.length; k++) {
        const entry = block[k] ?? 0;
        const part = division
          ? division(records.at(recordAt(starts, entry)))
          : String(Math.floor(k / alikeMost));
        hashes[entry] = toUnit(hashText(`${level}|${hashes[entry]}|${part}`), unit);
        if (division) next.push(entry);
      }
    });
    pending = Int32Array.from(next);
  }
  return divided;
}

/** The record of an entry. */
function recordAt(starts: Int32Array, entry: number): number {
  let [from, to] = [0, starts.length - 1];
  while (to - from > 1) {
    const middle = (from + to) >>> 1;
    if ((starts[middle] ?? 0) <= entry) from = middle;
    else to = middle;
  }
  return from;
}

function longest(words: readonly string[]): string {
  return words.reduce((best, word) => (word.length > best.length ? word : best), '');
}
