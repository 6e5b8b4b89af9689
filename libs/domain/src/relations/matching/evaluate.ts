import type { Comparison } from './compare.js';
import { compareNames, type NameComparison } from './compare-names.js';
import type { Features } from './features.js';
import type { JudgementIndex } from './judgements.js';
import type { Band, Verdict } from './match-record.js';
import type { NameModel } from './name-model.js';
import {
  isReleased as isReleasedBy,
  isSetAside as isSetAsideBy,
  nameOfKind,
  questionKindOf,
} from './question-kinds.js';
import type { Released } from './release.js';
import type { Decision } from './rules/compile-decision.js';
import type { RelationRules } from './rules/relation-rules.js';
import { scoreOf } from './score.js';

/** What a verdict on two records rests on beside the two: a person's decisions and what the others teach. */
export interface Knowledge {
  /** By what two records are compared and judged. */
  readonly rules: RelationRules;
  readonly judgements: JudgementIndex;
  readonly nameModel: NameModel;
  /** Questions that answers to others of their kind have made needless. */
  readonly released?: Released;
  /** How many answers set a kind aside. */
  readonly answers?: Readonly<Record<string, number>>;
}

/** All that is known of a pair, before it is put into words. */
export interface Evaluation {
  readonly rules: RelationRules;
  readonly comparison: Comparison;
  /** How many different names the records have (0: unknown); the score depends on it. */
  readonly stems: number;
  readonly score: number;
  readonly vetoes: readonly string[];
  /** The administrations aside: two records of one administration can be `automatic` here, and are doubles then. */
  readonly band: Band;
  readonly holds: readonly string[];
  readonly isJudgedSame: boolean;
  /** The kind of question that it is; see question-kinds.ts. 0 once it is released. */
  readonly kind: number;
  /** Answers to others of its kind make it automatic. */
  readonly isReleased: boolean;
  /** Answers to others of its kind make it no question between two administrations; a rival of other pairs it stays. */
  readonly isSetAside: boolean;
  /** How many answers say so. */
  readonly asideAnswers: number;
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
  const { rules } = knowledge;
  const comparison = rules.compare(a, b, name);
  const { stems } = knowledge.nameModel;
  const score = scoreOf(comparison, { rules, stems });
  const vetoes = rules.vetoesOf(comparison);
  const verdict = knowledge.judgements.verdictOn(a.id, b.id);
  if (verdict === 'different') vetoes.unshift('veto-judged-different');
  const decision = verdict === null ? rules.decide(comparison, score, vetoes) : judged[verdict];
  const kind = questionKindOf(comparison, decision);
  const { released = noneReleased } = knowledge;
  const isReleased = isReleasedBy({ kind, score }, released);
  const { band, holds } = isReleased ? judged.same : decision;
  const isJudgedSame = verdict === 'same';
  return {
    rules,
    comparison,
    stems,
    score,
    vetoes,
    band,
    holds,
    isJudgedSame,
    kind: isReleased ? 0 : kind,
    isReleased,
    isSetAside: isSetAsideBy({ kind, score }, released),
    asideAnswers: knowledge.answers?.[nameOfKind(kind)] ?? 0,
  };
}

const noneReleased: Released = {};

const judged: Readonly<Record<Verdict, Decision>> = {
  same: { band: 'automatic', holds: [] },
  different: { band: 'separate', holds: [] },
};
