import type { Knowledge } from './evaluate.js';
import type { RecordTable } from './record-table.js';
import { firstCommonKey, sortedKeys, walkBlocks, type KeyIndex } from './key-index.js';
import { kindShift, pairFlag } from './pair-flags.js';
import type { PairMemory } from './pair-memory.js';

/** A pair worth remembering, by positions in the sorted records (a < b). */
export interface Edge {
  readonly a: number;
  readonly b: number;
  readonly score: number;
  readonly isAutomatic: boolean;
  readonly isVetoed: boolean;
  /** Both have the same registration number: no other candidate can fit better. */
  readonly isRegistered: boolean;
  readonly isJudgedSame: boolean;
  /** The kind of question that it is; see question-kinds.ts. */
  readonly kind: number;
}

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
  readonly edges: Edge[];
  readonly counts: PairCounts;
}

/** Compares every pair that shares a key, once, and keeps those in the bands automatic and ask, best first. */
export function findEdges(batch: Batch, index: KeyIndex, tell: TellPairs): FoundEdges {
  const edges: Edge[] = [];
  const counts: PairCounts = { candidatePairs: 0, vetoedPairs: 0 };
  let nextProgress = progressEvery;
  const onEntries = (done: number): void => {
    if (done < nextProgress) return;
    nextProgress = done + progressEvery;
    tell.onProgress(done / index.hashes.length);
  };
  const onPair = (a: number, b: number): void => {
    counts.candidatePairs++;
    tell.onPair?.(a, b);
    const edge = edgeOf(batch, a, b);
    if (edge && edge !== 'vetoed') edges.push(edge);
    if (edge !== 'vetoed') return;
    counts.vetoedPairs++;
    tell.onVetoed?.(a, b);
  };
  forEachPair(index, sortedKeys(index), { onPair, onEntries });
  addJudged(batch, edges);
  return { edges: edges.sort(byScoreThenIds), counts };
}

/** Best first; ties by ids, which the positions stand for. */
export function byScoreThenIds(one: Edge, other: Edge): number {
  return other.score - one.score || one.a - other.a || one.b - other.b;
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

/** The edge of two records (a < b), `vetoed` where a veto alone keeps them apart, or null where nothing is worth remembering. */
export function edgeOf({ pairs }: Batch, a: number, b: number): Edge | 'vetoed' | null {
  const place = pairs.findUnlessHopeless(a, b);
  return place < 0 ? null : edgeFrom({ a, b, score: pairs.scores[place] ?? 0 }, pairs.flags[place] ?? 0);
}

/** As `edgeOf`, for the outcome of an evaluation. */
export function edgeFrom(
  { a, b, score }: Pick<Edge, 'a' | 'b' | 'score'>,
  flags: number,
): Edge | 'vetoed' | null {
  const isJudgedSame = (flags & pairFlag.judgedSame) !== 0;
  const isVetoed = (flags & pairFlag.vetoed) !== 0;
  if ((flags & (pairFlag.automatic | pairFlag.asked)) === 0) return isVetoed ? 'vetoed' : null;
  return {
    a,
    b,
    score,
    isAutomatic: (flags & pairFlag.automatic) !== 0,
    isVetoed: isVetoed && !isJudgedSame,
    isRegistered: (flags & (pairFlag.registered | pairFlag.rsinEqual)) !== 0,
    isJudgedSame,
    kind: flags >>> kindShift,
  };
}

/** Adds the pairs that a person has joined and that share no key at all. */
export function addJudged(batch: Batch, edges: Edge[]): void {
  const known = new Set(edges.filter((edge) => edge.isJudgedSame).map((edge) => `${edge.a}-${edge.b}`));
  const same = batch.judgements.pairs.filter((pair) => pair.verdict === 'same');
  if (same.length === 0) return;
  const positions = new Map(batch.records.ids.map((id, position) => [id, position]));
  for (const { a, b } of same) {
    const i = positions.get(a);
    const j = positions.get(b);
    if (i === undefined || j === undefined || known.has(`${i}-${j}`)) continue;
    const edge = edgeOf(batch, Math.min(i, j), Math.max(i, j));
    if (edge && edge !== 'vetoed') edges.push(edge);
  }
}
