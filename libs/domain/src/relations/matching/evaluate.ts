import { compare, isHopeless, type Comparison } from './compare.js';
import { compareNames, type NameComparison } from './compare-names.js';
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
  const name = compareNames(a.names, b.names);
  return evaluateNamed(a, b, { name, judgements });
}

/** As `evaluate`, or null where it is plain without weighing that the two are separate and nobody judged them. */
export function evaluateUnlessHopeless(
  a: Features,
  b: Features,
  judgements: JudgementIndex,
): Evaluation | null {
  const name = compareNames(a.names, b.names);
  if (isHopeless(a, b, name) && judgements.verdictOn(a.id, b.id) === null) return null;
  return evaluateNamed(a, b, { name, judgements });
}

function evaluateNamed(
  a: Features,
  b: Features,
  { name, judgements }: { name: NameComparison; judgements: JudgementIndex },
): Evaluation {
  const comparison = compare(a, b, name);
  const contributions = weigh(comparison);
  const score = scoreOf(contributions);
  const vetoes = vetoesOf(comparison);
  const verdict = judgements.verdictOn(a.id, b.id);
  const base = { comparison, contributions, score };
  if (verdict === 'different') {
    return {
      ...base,
      vetoes: ['veto-judged-different', ...vetoes],
      band: 'separate',
      holds: [],
      isJudgedSame: false,
    };
  }
  if (verdict === 'same') return { ...base, vetoes, band: 'automatic', holds: [], isJudgedSame: true };
  return { ...base, vetoes, ...decide(comparison, score, vetoes), isJudgedSame: false };
}
