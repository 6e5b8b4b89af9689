import type { Knowledge } from './evaluate.js';
import { IntList } from './int-list.js';
import { indexJudgements } from './judgements.js';
import type { KeyIndex } from './key-index.js';
import { nameModelOf, type LearntModel } from './learnt-model.js';
import { NumberList } from './number-list.js';
import { forEachPair, pairNumber } from './pair-edges.js';
import { PairEvaluator } from './pair-evaluator.js';
import { flagsOf } from './pair-flags.js';
import { RecordTable, type SharedRecords } from './record-table.js';
import { relationRulesOf } from './rules/relation-rules.js';
import type { RelationSchema } from './rules/relation-schema-type.js';

/** What a thread needs to compare pairs: plain values, the large ones in shared memory. */
export interface PairWork {
  /** By what pairs are compared. */
  readonly schema: RelationSchema;
  readonly records: SharedRecords;
  readonly index: Omit<KeyIndex, 'keysDivided'>;
  /** The keys in order; those of portion p stand from `portions[p]` to `portions[p + 1]`. */
  readonly sorted: Float64Array;
  readonly portions: Int32Array;
  readonly learnt: LearntModel;
  /** Pairs that a person has judged (see `pairNumber`): whoever knows the judgements evaluates them. */
  readonly judged: ReadonlySet<number>;
}

/** The outcome of a portion's pairs; plain arrays. */
export interface PairPart {
  /** The two positions of each pair that was evaluated. */
  readonly pairs: Int32Array<ArrayBuffer>;
  readonly scores: Float64Array<ArrayBuffer>;
  readonly flags: Int32Array<ArrayBuffer>;
  /** The two positions of each pair that was left to whoever knows the judgements. */
  readonly left: Int32Array<ArrayBuffer>;
  /** How many keys, and how many pairs, those that are plainly separate and those left included. */
  readonly keys: number;
  readonly candidates: number;
}

/** Compares pairs portion by portion, in any thread and any order. */
export class PairComparer {
  readonly #evaluator: PairEvaluator;
  readonly #pairs = new IntList();
  readonly #scores = new NumberList();
  readonly #flags = new IntList();
  readonly #left = new IntList();

  /** `records`: where the work was made; other threads read those that are shared. */
  constructor(
    private readonly work: PairWork,
    private readonly records = RecordTable.ofShared(work.records),
  ) {
    const { learnt } = work;
    const knowledge: Knowledge = {
      rules: relationRulesOf(work.schema),
      judgements: indexJudgements([]),
      nameModel: nameModelOf(learnt),
      released: learnt.released,
      answers: learnt.answers,
    };
    this.#evaluator = new PairEvaluator(this.records, knowledge);
  }

  /** Compares all pairs of a portion. */
  compare(portion: number): PairPart {
    const { index, sorted, portions, judged } = this.work;
    const keys = sorted.subarray(portions[portion], portions[portion + 1]);
    const { count } = this.work.records;
    let candidates = 0;
    const onPair = (a: number, b: number): void => {
      candidates++;
      if (judged.size > 0 && judged.has(pairNumber(a, b, count))) this.#leave(a, b);
      else this.#evaluate(a, b);
    };
    forEachPair(index, keys, { onPair });
    return this.#take(keys.length, candidates);
  }

  #evaluate(a: number, b: number): void {
    const evaluation = this.#evaluator.evaluateUnlessHopeless(a, b);
    if (!evaluation) return;
    this.#pairs.push(a);
    this.#pairs.push(b);
    this.#scores.push(evaluation.score);
    this.#flags.push(flagsOf(evaluation));
  }

  #leave(a: number, b: number): void {
    this.#left.push(a);
    this.#left.push(b);
  }

  #take(keys: number, candidates: number): PairPart {
    const part = {
      pairs: this.#pairs.take(),
      scores: this.#scores.take(),
      flags: this.#flags.take(),
      left: this.#left.take(),
    };
    return { ...part, keys, candidates };
  }
}
