import type { Knowledge } from './evaluate.js';
import type { RecordTable } from './record-table.js';
import { firstCommonKey, sortedKeys, walkBlocks, type KeyIndex } from './key-index.js';
import { EdgeCollector, type Edges } from './edges.js';
import type { PairMemory } from './pair-memory.js';

export interface PairCounts {
  candidatePairs: number;
  vetoedPairs: number;
}

/** What every stage of a batch needs: the records in id order and a person's decisions. */
export interface Batch extends Knowledge {
  readonly records: RecordTable;
  readonly pairs: PairMemory;
  /** A group has at most one record of an administration, unless the question is which records are doubles. */
  readonly administrations: 'one-each' | 'ignored';
}

/** Who is told what while pairs are compared. */
export interface TellPairs {
  readonly onProgress: (fraction: number) => void;
  /** Positions (a < b) of every pair that is compared. */
  readonly onPair?: ((a: number, b: number) => void) | undefined;
  /** Positions (a < b) of two records that a veto keeps apart and that no other edge tells of. */
  readonly onVetoed?: ((a: number, b: number) => void) | undefined;
}

const progressEvery = 8192;

/** What comparing pairs has found. */
export interface FoundEdges {
  readonly edges: Edges;
  readonly counts: PairCounts;
}

/** Compares every pair that shares a key, once, and keeps those in the bands automatic and ask, best first. */
export function findEdges(batch: Batch, index: KeyIndex, tell: TellPairs): FoundEdges {
  const found = new EdgeCollector();
  let candidatePairs = 0;
  let nextProgress = progressEvery;
  const onEntries = (done: number): void => {
    if (done < nextProgress) return;
    nextProgress = done + progressEvery;
    tell.onProgress(done / index.hashes.length);
  };
  const onPair = (a: number, b: number): void => {
    candidatePairs++;
    tell.onPair?.(a, b);
    if (addPair(batch, found, { a, b })) tell.onVetoed?.(a, b);
  };
  forEachPair(index, sortedKeys(index), { onPair, onEntries });
  const counts = { candidatePairs, vetoedPairs: found.vetoed };
  addJudged(batch, found);
  return { edges: found.finish(), counts };
}

/** Visits the pairs (a < b) of some sorted keys, each for the first key of the two only. */
export function forEachPair(
  index: Omit<KeyIndex, 'keysDivided'>,
  sorted: Float64Array,
  { onPair, onEntries }: PairVisitor,
): void {
  const { recordOf, hashes } = index;
  let done = 0;
  walkBlocks(sorted, index.unit, (block) => {
    done += block.length;
    const hash = hashes[block[0] ?? 0] ?? 0;
    for (let x = 1; x < block.length; x++) {
      const j = recordOf[block[x] ?? 0] ?? 0;
      for (let y = 0; y < x; y++) {
        const i = recordOf[block[y] ?? 0] ?? 0;
        if (i === j || firstCommonKey(index, i, j) !== hash) continue;
        if (i < j) onPair(i, j);
        else onPair(j, i);
      }
    }
    onEntries?.(done);
  });
}

interface PairVisitor {
  readonly onPair: (a: number, b: number) => void;
  /** Told how many of the keys are done, block by block. */
  readonly onEntries?: (done: number) => void;
}

/** Weighs two records (a < b) and keeps what is worth it; true where a veto alone keeps them apart. */
export function addPair(
  { pairs }: Batch,
  found: EdgeCollector,
  { a, b }: { readonly a: number; readonly b: number },
): boolean {
  const place = pairs.findUnlessHopeless(a, b);
  if (place < 0) return false;
  return found.add(a, b, { score: pairs.scores[place] ?? 0, flags: pairs.flags[place] ?? 0 });
}

/** Adds the pairs that a person has joined and that share no key at all. */
export function addJudged(batch: Batch, found: EdgeCollector): void {
  const same = batch.judgements.pairs.filter((pair) => pair.verdict === 'same');
  if (same.length === 0) return;
  const { ids, length } = batch.records;
  const known = found.judgedSame((a, b) => pairNumber(a, b, length));
  for (const { a, b } of same) {
    const [i, j] = [ids.positionOf(a), ids.positionOf(b)];
    if (i < 0 || j < 0) continue;
    const pair = { a: Math.min(i, j), b: Math.max(i, j) };
    if (!known.has(pairNumber(pair.a, pair.b, length))) addPair(batch, found, pair);
  }
}

/** A pair of positions (a < b) among `count` records as one number. */
export function pairNumber(a: number, b: number, count: number): number {
  return a * count + b;
}
