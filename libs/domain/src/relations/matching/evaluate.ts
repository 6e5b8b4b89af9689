import { compare, type Comparison } from './compare.js';
import { compareNames, type NameComparison } from './compare-names.js';
import { decide, type Decision, type HoldKey } from './decide.js';
import type { Features } from './features.js';
import type { JudgementIndex } from './judgements.js';
import type { Band, Verdict } from './match-record.js';
import type { NameModel } from './name-model.js';
import { scoreOf } from './score.js';
import { vetoesOf, type VetoKey } from './veto.js';

/** What a verdict on two records rests on beside the two: a person's decisions and what the others teach. */
export interface Knowledge {
  readonly judgements: JudgementIndex;
  readonly nameModel: NameModel;
}

/** All that is known of a pair, before it is put into words. */
export interface Evaluation {
  readonly comparison: Comparison;
  /** How many different names the records have (0: unknown); the score depends on it. */
  readonly stems: number;
  readonly score: number;
  readonly vetoes: readonly VetoKey[];
  /** The administrations aside: two records of one administration can be `automatic` here, and are doubles then. */
  readonly band: Band;
  readonly holds: readonly HoldKey[];
  readonly isJudgedSame: boolean;
}

/** Evaluates two records; the order of the two makes no difference. A person's judgement outranks the score. */
export function evaluate(one: Features, other: Features, knowledge: Knowledge): Evaluation {
  const [a, b] = one.id < other.id ? [one, other] : [other, one];
  const name = compareNames(a.names, b.names, knowledge.nameModel);
  return evaluateNamed(a, b, { name, knowledge });
}

/** As `evaluate`, for two records in the order of their ids whose names were compared. */
export function evaluateNamed(
  a: Features,
  b: Features,
  { name, knowledge }: { name: NameComparison; knowledge: Knowledge },
): Evaluation {
  const comparison = compare(a, b, name);
  const { stems } = knowledge.nameModel;
  const score = scoreOf(comparison, stems);
  const vetoes = vetoesOf(comparison);
  const verdict = knowledge.judgements.verdictOn(a.id, b.id);
  if (verdict === 'different') vetoes.unshift('veto-judged-different');
  const { band, holds } = verdict === null ? decide(comparison, score, vetoes) : judged[verdict];
  return { comparison, stems, score, vetoes, band, holds, isJudgedSame: verdict === 'same' };
}

const judged: Readonly<Record<Verdict, Decision>> = {
  same: { band: 'automatic', holds: [] },
  different: { band: 'separate', holds: [] },
};
