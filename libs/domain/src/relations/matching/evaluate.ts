import { compare, type Comparison } from './compare.js';
import { decide, type HoldKey } from './decide.js';
import type { Features } from './features.js';
import type { JudgementIndex } from './judgements.js';
import type { Band } from './match-record.js';
import { scoreOf, weigh, type Contribution } from './score.js';
import { vetoesOf, type VetoKey } from './veto.js';

/** All that is known of a pair, before it is put into words. */
export interface Evaluation {
  readonly comparison: Comparison;
  readonly contributions: readonly Contribution[];
  readonly score: number;
  readonly vetoes: readonly VetoKey[];
  /** The administrations aside: two records of one administration can be `automatic` here, and are doubles then. */
  readonly band: Band;
  readonly holds: readonly HoldKey[];
  readonly isJudgedSame: boolean;
}

/** Evaluates two records; the order of the two makes no difference. A person's judgement outranks the score. */
export function evaluate(one: Features, other: Features, judgements: JudgementIndex): Evaluation {
  const [a, b] = one.id < other.id ? [one, other] : [other, one];
  const comparison = compare(a, b);
  const contributions = weigh(comparison);
  const score = scoreOf(contributions);
  const vetoes = vetoesOf(comparison);
  const verdict = judgements.verdictOn(a.id, b.id);
  const base = { comparison, contributions, score };
  if (verdict === 'different') {
    return { ...base, vetoes: ['veto-judged-different', ...vetoes], band: 'separate', holds: [], isJudgedSame: false };
  }
  if (verdict === 'same') return { ...base, vetoes, band: 'automatic', holds: [], isJudgedSame: true };
  return { ...base, vetoes, ...decide(comparison, score, vetoes), isJudgedSame: false };
}
