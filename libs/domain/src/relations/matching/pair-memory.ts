import { PairEvaluator } from './pair-evaluator.js';
import { flagsOf } from './pair-flags.js';
import type { Knowledge } from './evaluate.js';
import type { RecordTable } from './record-table.js';

const slotsMin = 2 ** 10;
const slotsMax = 2 ** 20;
const slotsPerRecord = 2;

/**
 * Remembers the outcome of pairs that were evaluated, by the positions of their records: the same pairs come back when
 * rivals are sought and groups are joined. Bounded (19 MB at most): a newer pair takes the place of an older one, which is
 * evaluated again when it is asked for.
 */
export class PairMemory {
  readonly scores: Float64Array;
  readonly flags: Uint16Array;
  readonly #pairs: Float64Array;
  readonly #shift: number;
  readonly #evaluator: PairEvaluator;

  constructor(
    private readonly records: RecordTable,
    knowledge: Knowledge,
  ) {
    const wanted = Math.min(slotsMax, Math.max(slotsMin, records.length * slotsPerRecord));
    const bits = Math.ceil(Math.log2(wanted));
    this.#shift = 32 - bits;
    this.#pairs = new Float64Array(2 ** bits).fill(-1);
    this.scores = new Float64Array(2 ** bits);
    this.flags = new Uint16Array(2 ** bits);
    this.#evaluator = new PairEvaluator(records, knowledge);
  }

  /** The place of a pair (i < j) in `scores` and `flags`, valid until the next call. */
  find(i: number, j: number): number {
    const place = this.#placeOf(i, j);
    if (this.#pairs[place] === this.#pairOf(i, j)) return place;
    const evaluation = this.#evaluator.evaluate(i, j);
    return this.put(i, j, { score: evaluation.score, flags: flagsOf(evaluation) });
  }

  /** As `find`, or -1 where it is plain without weighing that the two (i < j) are separate. */
  findUnlessHopeless(i: number, j: number): number {
    const place = this.#placeOf(i, j);
    if (this.#pairs[place] === this.#pairOf(i, j)) return place;
    const evaluation = this.#evaluator.evaluateUnlessHopeless(i, j);
    if (!evaluation) return -1;
    return this.put(i, j, { score: evaluation.score, flags: flagsOf(evaluation) });
  }

  /** Takes over the outcome of a pair (i < j) that was evaluated elsewhere; gives its place. */
  put(i: number, j: number, { score, flags }: { readonly score: number; readonly flags: number }): number {
    const place = this.#placeOf(i, j);
    this.#pairs[place] = this.#pairOf(i, j);
    this.scores[place] = score;
    this.flags[place] = flags;
    return place;
  }

  #pairOf(i: number, j: number): number {
    return i * this.records.length + j;
  }

  #placeOf(i: number, j: number): number {
    return (Math.imul(i, 0x9e3779b1) ^ Math.imul(j, 0x85ebca77)) >>> this.#shift;
  }
}
