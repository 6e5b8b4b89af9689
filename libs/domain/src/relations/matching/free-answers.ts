import { evaluate, type Knowledge } from './evaluate.js';
import type { Features } from './features.js';
import { indexJudgements } from './judgements.js';
import type { Batch } from './pair-edges.js';
import { nameOfKind } from './question-kinds.js';
import { isDoublePair } from './rivals.js';
import { compareNumbers } from './rules/comparators.js';
import { slot } from './table-row.js';

/** What two KvK numbers say of a pair. */
export interface FreeAnswer {
  /** Bits, without any registration number. */
  readonly score: number;
  readonly verdict: 'same' | 'different';
}

/** Free answers by the name of the kind of question. */
export type FreeAnswers = ReadonlyMap<string, readonly FreeAnswer[]>;

/** About so many pairs with numbers are looked at, two to three for every three records. */
const recordsMax = 2 ** 13;
const noNumbers = { kvk: null, branch: null, vat: null, rsin: null };

/**
 * What KvK numbers say of the pairs that would be questions without any registration number, by the kind of question that they would
 * be (matching.md, section 3: equal numbers are free positives, different ones free hard negatives; the identifier that makes
 * the label is left out). A number that may be a slip of the other says nothing. Many records are sampled, by the pair and not
 * by the order in which pairs come.
 */
export class FreeAnswerBook {
  readonly answers = new Map<string, FreeAnswer[]>();
  readonly #knowledge: Knowledge;
  readonly #below: number;

  constructor(private readonly batch: Batch) {
    this.#knowledge = { ...batch, judgements: indexJudgements([]), released: {} };
    this.#below = Math.min(1, recordsMax / batch.records.length) * 2 ** 32;
  }

  /** Looks at a pair of records (positions, a < b). */
  look(a: number, b: number): void {
    if ((Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77)) >>> 0 >= this.#below) return;
    const verdict = this.#verdictOf(a, b);
    if (verdict === null || isDoublePair(this.batch, { a, b })) return;
    const { kind, score } = evaluate(this.#read(a), this.#read(b), this.#knowledge);
    if (kind === 0) return;
    const name = nameOfKind(kind);
    const known = this.answers.get(name);
    if (known) known.push({ score, verdict });
    else this.answers.set(name, [{ score, verdict }]);
  }

  /** Of the same hidden class as all other features: with two, everything that reads features runs half as fast (V8). */
  #read(position: number): Features {
    return Object.assign(this.batch.records.at(position), noNumbers);
  }

  #verdictOf(a: number, b: number): FreeAnswer['verdict'] | null {
    const { records } = this.batch;
    const [one, other] = [records.valueOf(a, slot.kvk), records.valueOf(b, slot.kvk)];
    if (one === 0 || other === 0) return null;
    if (one === other) return 'same';
    const level = compareNumbers(records.texts.textOf(one), records.texts.textOf(other));
    return level === 'different' ? 'different' : null;
  }
}
