import { PairEvaluator } from './pair-evaluator.js';
import { flagsOf } from './pair-flags.js';
import type { Knowledge } from './evaluate.js';
import type { RecordTable } from './record-table.js';

const slotsMin = 2 ** 10;
const slotsMax = 2 ** 22;
const slotsPerRecord = 4;
const nobody = -1;

/**
 * Remembers the outcome of pairs that were evaluated, by the positions of their records: the same pairs come back when
 * rivals are sought and groups are joined. Bounded (75 MB at most): each pair has two places to stand in, and where both
 * are taken it drives an older one out, which is evaluated again when it is asked for.
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
    this.#pairs = new Float64Array(2 ** bits).fill(nobody);
    this.scores = new Float64Array(2 ** bits);
    this.flags = new Uint16Array(2 ** bits);
    this.#evaluator = new PairEvaluator(records, knowledge);
  }

  /** The place of a pair (i < j) in `scores` and `flags`, valid until the next call. */
  find(i: number, j: number): number {
    const known = this.#known(i, j);
    if (known >= 0) return known;
    const evaluation = this.#evaluator.evaluate(i, j);
    return this.put(i, j, { score: evaluation.score, flags: flagsOf(evaluation) });
  }

  /** As `find`, or -1 where it is plain without weighing that the two (i < j) are separate. */
  findUnlessHopeless(i: number, j: number): number {
    const known = this.#known(i, j);
    if (known >= 0) return known;
    const evaluation = this.#evaluator.evaluateUnlessHopeless(i, j);
    if (!evaluation) return -1;
    return this.put(i, j, { score: evaluation.score, flags: flagsOf(evaluation) });
  }

  /** Takes over the outcome of a pair (i < j) that was evaluated elsewhere; gives its place. */
  put(i: number, j: number, { score, flags }: { readonly score: number; readonly flags: number }): number {
    const pair = this.#pairOf(i, j);
    const first = this.#placeOf(i, j);
    const isSecond = !this.#isFreeFor(pair, first) && this.#isFreeFor(pair, first ^ 1);
    const place = isSecond ? first ^ 1 : first;
    this.#pairs[place] = pair;
    this.scores[place] = score;
    this.flags[place] = flags;
    return place;
  }

  /** Where a pair stands, or -1. */
  #known(i: number, j: number): number {
    const pair = this.#pairOf(i, j);
    const first = this.#placeOf(i, j);
    if (this.#pairs[first] === pair) return first;
    return this.#pairs[first ^ 1] === pair ? first ^ 1 : -1;
  }

  #isFreeFor(pair: number, place: number): boolean {
    const taken = this.#pairs[place] ?? nobody;
    return taken === nobody || taken === pair;
  }

  #pairOf(i: number, j: number): number {
    return i * this.records.length + j;
  }

  #placeOf(i: number, j: number): number {
    return (Math.imul(i, 0x9e3779b1) ^ Math.imul(j, 0x85ebca77)) >>> this.#shift;
  }
}
