import type { Knowledge } from './evaluate.js';
import type { RecordTable } from './record-table.js';
import { firstCommonKey, forEachBlock, type KeyIndex } from './key-index.js';
import { kindShift, pairFlag, type PairMemory } from './pair-memory.js';

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
  /** Positions (a < b) of two records that a veto keeps apart and that no other edge tells of. */
  readonly onVetoed?: ((a: number, b: number) => void) | undefined;
}

const progressEvery = 8192;

/** Compares every pair that shares a key, once, and keeps those in the bands automatic and ask, best first. */
export function findEdges(
  batch: Batch,
  index: KeyIndex,
  tell: TellPairs,
): { edges: Edge[]; counts: PairCounts } {
  const edges: Edge[] = [];
  const counts: PairCounts = { candidatePairs: 0, vetoedPairs: 0 };
  let entriesDone = 0;
  let nextProgress = progressEvery;
  forEachBlock(index, (block) => {
    entriesDone += block.length;
    if (block.length > 1) compareBlock(batch, index, { block, edges, counts, tell });
    if (entriesDone >= nextProgress) {
      nextProgress = entriesDone + progressEvery;
      tell.onProgress(entriesDone / index.hashes.length);
    }
  });
  addJudged(batch, edges);
  return { edges: edges.sort(byScoreThenIds), counts };
}

/** Best first; ties by ids, which the positions stand for. */
export function byScoreThenIds(one: Edge, other: Edge): number {
  return other.score - one.score || one.a - other.a || one.b - other.b;
}

interface BlockWork {
  readonly tell: TellPairs;
  readonly block: readonly number[];
  readonly edges: Edge[];
  readonly counts: PairCounts;
}

function compareBlock(batch: Batch, index: KeyIndex, { block, edges, counts, tell }: BlockWork): void {
  const hash = index.hashes[block[0] ?? 0] ?? 0;
  for (let x = 1; x < block.length; x++) {
    const j = index.recordOf[block[x] ?? 0] ?? 0;
    for (let y = 0; y < x; y++) {
      const i = index.recordOf[block[y] ?? 0] ?? 0;
      if (i === j || firstCommonKey(index, i, j) !== hash) continue;
      counts.candidatePairs++;
      const edge = edgeOf(batch, i, j);
      if (edge && edge !== 'vetoed') edges.push(edge);
      if (edge !== 'vetoed') continue;
      counts.vetoedPairs++;
      tell.onVetoed?.(Math.min(i, j), Math.max(i, j));
    }
  }
}

function edgeOf({ pairs }: Batch, i: number, j: number): Edge | 'vetoed' | null {
  const [a, b] = i < j ? [i, j] : [j, i];
  const place = pairs.findUnlessHopeless(a, b);
  if (place < 0) return null;
  const flags = pairs.flags[place] ?? 0;
  const isJudgedSame = (flags & pairFlag.judgedSame) !== 0;
  const isVetoed = (flags & pairFlag.vetoed) !== 0;
  if ((flags & (pairFlag.automatic | pairFlag.asked)) === 0) return isVetoed ? 'vetoed' : null;
  return {
    a,
    b,
    score: pairs.scores[place] ?? 0,
    isAutomatic: (flags & pairFlag.automatic) !== 0,
    isVetoed: isVetoed && !isJudgedSame,
    isRegistered: (flags & (pairFlag.registered | pairFlag.rsinEqual)) !== 0,
    isJudgedSame,
    kind: flags >>> kindShift,
  };
}

// A person may have joined two records that share no key at all.
function addJudged(batch: Batch, edges: Edge[]): void {
  const known = new Set(edges.filter((edge) => edge.isJudgedSame).map((edge) => `${edge.a}-${edge.b}`));
  const same = batch.judgements.pairs.filter((pair) => pair.verdict === 'same');
  if (same.length === 0) return;
  const positions = new Map(batch.records.ids.map((id, position) => [id, position]));
  for (const { a, b } of same) {
    const i = positions.get(a);
    const j = positions.get(b);
    if (i === undefined || j === undefined || known.has(`${i}-${j}`)) continue;
    const edge = edgeOf(batch, i, j);
    if (edge && edge !== 'vetoed') edges.push(edge);
  }
}
