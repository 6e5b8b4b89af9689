import { IntList } from './int-list.js';
import { NumberList } from './number-list.js';
import { kindShift, pairFlag } from './pair-flags.js';

/** A pair worth remembering, by positions in the sorted records (a < b). */
export interface Edge {
  /** Its place among all edges. */
  readonly place: number;
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

/** Of each edge the positions of its records, its score, and flags with the kind of question above them (pair-flags.ts). */
export type EdgeColumns = Pick<Edges, 'a' | 'b' | 'scores' | 'flags'>;

/** Edges as numbers, 20 bytes each: an object takes five times as much. Best first; ties by positions, which stand for ids. */
export class Edges {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly scores: Float64Array;
  readonly flags: Int32Array;

  constructor({ a, b, scores, flags }: EdgeColumns) {
    this.a = a;
    this.b = b;
    this.scores = scores;
    this.flags = flags;
  }

  get length(): number {
    return this.a.length;
  }

  /** The edge at a place: a new object each time. */
  at(place: number): Edge {
    const flags = this.flags[place] ?? 0;
    const isJudgedSame = (flags & pairFlag.judgedSame) !== 0;
    return {
      place,
      a: this.a[place] ?? 0,
      b: this.b[place] ?? 0,
      score: this.scores[place] ?? 0,
      isAutomatic: (flags & pairFlag.automatic) !== 0,
      isVetoed: (flags & pairFlag.vetoed) !== 0 && !isJudgedSame,
      isRegistered: (flags & (pairFlag.registered | pairFlag.rsinEqual)) !== 0,
      isJudgedSame,
      kind: flags >>> kindShift,
    };
  }

  *[Symbol.iterator](): Generator<Edge> {
    for (let place = 0; place < this.length; place++) yield this.at(place);
  }

  /** The places of the edges for which it is true, in order. */
  placesOf(isWanted: (edge: Edge) => boolean): Int32Array {
    const places = new IntList();
    for (const edge of this) if (isWanted(edge)) places.push(edge.place);
    return places.take();
  }

  /** The same edges, those for which it is true joining by themselves. */
  madeAutomatic(isReleased: (edge: Edge) => boolean): Edges {
    const flags = this.flags.slice();
    for (const edge of this) if (isReleased(edge)) flags[edge.place]! |= pairFlag.automatic;
    return new Edges({ a: this.a, b: this.b, scores: this.scores, flags });
  }
}

/** Collects edges in any order. */
export class EdgeCollector {
  readonly #a = new IntList();
  readonly #b = new IntList();
  readonly #scores = new NumberList();
  readonly #flags = new IntList();
  #vetoed = 0;

  /** How many pairs a veto alone kept apart. */
  get vetoed(): number {
    return this.#vetoed;
  }

  /** Keeps a pair (a < b) in the bands automatic and ask; tells of any other whether a veto alone keeps the two apart. */
  add(a: number, b: number, { score, flags }: { readonly score: number; readonly flags: number }): boolean {
    if ((flags & (pairFlag.automatic | pairFlag.asked)) === 0) {
      const isVetoed = (flags & pairFlag.vetoed) !== 0;
      if (isVetoed) this.#vetoed++;
      return isVetoed;
    }
    this.#a.push(a);
    this.#b.push(b);
    this.#scores.push(score);
    this.#flags.push(flags);
    return false;
  }

  /** The pairs of which a person said "the same", each as the number that `numberOf` gives it. */
  judgedSame(numberOf: (a: number, b: number) => number): Set<number> {
    const found = new Set<number>();
    const flags = this.#flags.values;
    for (let at = 0; at < this.#flags.length; at++)
      if (((flags[at] ?? 0) & pairFlag.judgedSame) !== 0)
        found.add(numberOf(this.#a.values[at] ?? 0, this.#b.values[at] ?? 0));
    return found;
  }

  /** All edges in their order. What was collected is gone afterwards. */
  finish(): Edges {
    const [a, b, scores, flags] = [this.#a.take(), this.#b.take(), this.#scores.take(), this.#flags.take()];
    const order = Int32Array.from({ length: a.length }, (_, at) => at).sort(
      (one, other) =>
        (scores[other] ?? 0) - (scores[one] ?? 0) ||
        (a[one] ?? 0) - (a[other] ?? 0) ||
        (b[one] ?? 0) - (b[other] ?? 0),
    );
    return new Edges({
      a: inOrder(a, order),
      b: inOrder(b, order),
      scores: inOrder(scores, order),
      flags: inOrder(flags, order),
    });
  }
}

function inOrder<Numbers extends Int32Array | Float64Array>(numbers: Numbers, order: Int32Array): Numbers {
  const sorted = numbers.slice() as Numbers; // a copy is of the same kind
  for (let at = 0; at < order.length; at++) sorted[at] = numbers[order[at] ?? 0] ?? 0;
  return sorted;
}
