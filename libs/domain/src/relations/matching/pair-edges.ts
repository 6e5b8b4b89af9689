import { evaluateUnlessHopeless, type Evaluation, type Knowledge } from './evaluate.js';
import type { Features } from './features.js';
import { firstCommonKey, forEachBlock, type KeyIndex } from './key-index.js';

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
}

export interface PairCounts {
  candidatePairs: number;
  vetoedPairs: number;
}

/** What every stage of a batch needs: the records in id order and a person's decisions. */
export interface Batch extends Knowledge {
  readonly records: readonly Features[];
  /** A group has at most one record of an administration, unless the question is which records are doubles. */
  readonly administrations: 'one-each' | 'ignored';
}

const progressEvery = 8192;

/** Compares every pair that shares a key, once, and keeps those in the bands automatic and ask, best first. */
export function findEdges(
  batch: Batch,
  index: KeyIndex,
  onProgress: (fraction: number) => void,
): { edges: Edge[]; counts: PairCounts } {
  const edges: Edge[] = [];
  const counts: PairCounts = { candidatePairs: 0, vetoedPairs: 0 };
  let entriesDone = 0;
  let nextProgress = progressEvery;
  forEachBlock(index, (block) => {
    entriesDone += block.length;
    if (block.length > 1) compareBlock(batch, index, { block, edges, counts });
    if (entriesDone >= nextProgress) {
      nextProgress = entriesDone + progressEvery;
      onProgress(entriesDone / index.hashes.length);
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
  readonly block: readonly number[];
  readonly edges: Edge[];
  readonly counts: PairCounts;
}

function compareBlock(batch: Batch, index: KeyIndex, { block, edges, counts }: BlockWork): void {
  const hash = index.hashes[block[0] ?? 0] ?? 0;
  for (let x = 1; x < block.length; x++) {
    const j = index.recordOf[block[x] ?? 0] ?? 0;
    for (let y = 0; y < x; y++) {
      const i = index.recordOf[block[y] ?? 0] ?? 0;
      if (i === j || firstCommonKey(index, i, j) !== hash) continue;
      counts.candidatePairs++;
      const edge = edgeOf(batch, i, j);
      if (edge === 'vetoed') counts.vetoedPairs++;
      else if (edge) edges.push(edge);
    }
  }
}

function edgeOf(batch: Batch, i: number, j: number): Edge | 'vetoed' | null {
  const one = batch.records[Math.min(i, j)];
  const other = batch.records[Math.max(i, j)];
  if (!one || !other) return null;
  const evaluation = evaluateUnlessHopeless(one, other, batch);
  if (!evaluation) return null;
  const isVetoed = evaluation.vetoes.length > 0;
  if (evaluation.band === 'separate') return isVetoed ? 'vetoed' : null;
  return toEdge(evaluation, i, j);
}

function toEdge(evaluation: Evaluation, i: number, j: number): Edge {
  const { comparison: c, score, band, isJudgedSame } = evaluation;
  return {
    a: Math.min(i, j),
    b: Math.max(i, j),
    score,
    isAutomatic: band === 'automatic',
    isVetoed: evaluation.vetoes.length > 0 && !isJudgedSame,
    isRegistered: c.kvk === 'equal' || c.vat === 'equal' || c.rsin === 'equal',
    isJudgedSame,
  };
}

// A person may have joined two records that share no key at all.
function addJudged(batch: Batch, edges: Edge[]): void {
  const known = new Set(edges.filter((edge) => edge.isJudgedSame).map((edge) => `${edge.a}-${edge.b}`));
  const same = batch.judgements.pairs.filter((pair) => pair.verdict === 'same');
  if (same.length === 0) return;
  const positions = new Map(batch.records.map((features, position) => [features.id, position]));
  for (const { a, b } of same) {
    const i = positions.get(a);
    const j = positions.get(b);
    if (i === undefined || j === undefined || known.has(`${i}-${j}`)) continue;
    const edge = edgeOf(batch, i, j);
    if (edge && edge !== 'vetoed') edges.push(edge);
  }
}
