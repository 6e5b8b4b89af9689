import { sharedSortedKeys, type KeyIndex } from './key-index.js';
import type { LearntModel } from './learnt-model.js';
import { PairComparer, type PairPart, type PairWork } from './pair-comparer.js';
import { EdgeCollector } from './edges.js';
import { addJudged, addPair, pairNumber, type Batch, type FoundEdges } from './pair-edges.js';
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
  readonly #found = new EdgeCollector();
  #candidatePairs = 0;
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
    this.#candidatePairs += candidates;
    for (let at = 0; at < scores.length; at++) {
      const [a, b] = [pairs[at * 2] ?? 0, pairs[at * 2 + 1] ?? 0];
      const [score, flag] = [scores[at] ?? 0, flags[at] ?? 0];
      memory.put(a, b, { score, flags: flag });
      this.#found.add(a, b, { score, flags: flag });
    }
    for (let at = 0; at < left.length; at += 2)
      addPair(this.#batch, this.#found, { a: left[at] ?? 0, b: left[at + 1] ?? 0 });
  }

  /** As `findEdges`, once the parts of all portions were added. */
  finish(): FoundEdges {
    const counts = { candidatePairs: this.#candidatePairs, vetoedPairs: this.#found.vetoed };
    addJudged(this.#batch, this.#found);
    return { edges: this.#found.finish(), counts };
  }
}

function judgedPairs({ judgements, records }: Batch): ReadonlySet<number> {
  const judged = new Set<number>();
  if (judgements.pairs.length === 0) return judged;
  for (const { a, b } of judgements.pairs) {
    const [i, j] = [records.ids.positionOf(a), records.ids.positionOf(b)];
    if (i >= 0 && j >= 0) judged.add(pairNumber(i, j, records.length));
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
