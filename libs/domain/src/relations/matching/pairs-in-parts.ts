import { sharedSortedKeys, type KeyIndex } from './key-index.js';
import type { LearntModel } from './learnt-model.js';
import { PairComparer, pairNumber, type PairPart, type PairWork } from './pair-comparer.js';
import {
  addJudged,
  byScoreThenIds,
  edgeFrom,
  edgeOf,
  type Batch,
  type Edge,
  type FoundEdges,
} from './pair-edges.js';
import type { PackedTextTable } from './packed-text-table.js';
import { sharedInts } from './shared-arrays.js';

/** So many keys make a portion, and those of the block that it ends in. */
const keysPerPortionUsual = 2 ** 15;

interface Prepared {
  readonly batch: Batch;
  readonly index: KeyIndex;
  readonly learnt: LearntModel;
}

/** Pairs that are compared portion by portion, in any threads and any order, and what comes of them together. */
export class PairsInParts {
  readonly work: PairWork;
  readonly #batch: Batch;
  readonly #edges: Edge[] = [];
  readonly #counts = { candidatePairs: 0, vetoedPairs: 0 };
  #comparer: PairComparer | undefined;
  #keysDone = 0;

  constructor(
    { batch, index, learnt }: Prepared,
    texts: PackedTextTable,
    keysPerPortion = keysPerPortionUsual,
  ) {
    this.#batch = batch;
    const { starts, recordOf, hashes, unit } = index;
    const sorted = sharedSortedKeys(index);
    const judged = judgedPairs(batch);
    const portions = portionsOf({ sorted, unit }, keysPerPortion);
    const records = batch.records.share(texts.share());
    const { schema } = batch.rules;
    const keys = { starts, recordOf, hashes, unit };
    this.work = { schema, records, index: keys, sorted, portions, learnt, judged };
  }

  get portions(): number {
    return this.work.portions.length - 1;
  }

  /** How much of all is done, from 0 to 1. */
  get fraction(): number {
    return this.#keysDone / Math.max(1, this.work.sorted.length);
  }

  /** Compares a portion in this thread. */
  compare(portion: number): void {
    this.#comparer ??= new PairComparer(this.work, this.#batch.records);
    this.add(this.#comparer.compare(portion));
  }

  /** Adds what was found in a portion; of each portion once. */
  add({ pairs, scores, flags, left, keys, candidates }: PairPart): void {
    const memory = this.#batch.pairs;
    this.#keysDone += keys;
    this.#counts.candidatePairs += candidates;
    for (let at = 0; at < scores.length; at++) {
      const [a, b] = [pairs[at * 2] ?? 0, pairs[at * 2 + 1] ?? 0];
      const [score, flag] = [scores[at] ?? 0, flags[at] ?? 0];
      memory.put(a, b, { score, flags: flag });
      this.#keep(edgeFrom({ a, b, score }, flag));
    }
    for (let at = 0; at < left.length; at += 2)
      this.#keep(edgeOf(this.#batch, left[at] ?? 0, left[at + 1] ?? 0));
  }

  /** As `findEdges`, once the parts of all portions were added. */
  finish(): FoundEdges {
    addJudged(this.#batch, this.#edges);
    return { edges: this.#edges.sort(byScoreThenIds), counts: this.#counts };
  }

  #keep(edge: Edge | 'vetoed' | null): void {
    if (edge === 'vetoed') this.#counts.vetoedPairs++;
    else if (edge) this.#edges.push(edge);
  }
}

function judgedPairs({ judgements, records }: Batch): ReadonlySet<number> {
  const judged = new Set<number>();
  if (judgements.pairs.length === 0) return judged;
  const positions = new Map(records.ids.map((id, position) => [id, position]));
  for (const { a, b } of judgements.pairs) {
    const [i, j] = [positions.get(a), positions.get(b)];
    if (i !== undefined && j !== undefined) judged.add(pairNumber(i, j, records.length));
  }
  return judged;
}

// A block is never divided: of the keys of a portion the last ones may be more than their share.
function portionsOf(
  { sorted, unit }: { readonly sorted: Float64Array; readonly unit: number },
  keysPerPortion: number,
): Int32Array {
  const starts: number[] = [0];
  const hashAt = (at: number): number => Math.floor((sorted[at] ?? 0) / unit);
  for (let at = keysPerPortion; at < sorted.length; at += keysPerPortion) {
    while (at < sorted.length && hashAt(at) === hashAt(at - 1)) at++;
    starts.push(at);
  }
  starts.push(sorted.length);
  const portions = sharedInts(starts.length);
  portions.set(starts);
  return portions;
}
