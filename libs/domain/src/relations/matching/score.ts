import type { Comparison } from './compare.js';
import type { RelationRules } from './rules/relation-rules.js';
import { Tally, type Contribution } from './tally.js';

const scratch = new Tally();

/** What a comparison is weighed by, and among how many different names (0: unknown). */
export interface Weighed {
  readonly rules: RelationRules;
  readonly stems: number;
}

/** The score of a comparison: the sum of its contributions, the prior among them (bits). */
export function scoreOf(comparison: Comparison, { rules, stems }: Weighed): number {
  scratch.clear();
  rules.weigh(comparison, stems, scratch);
  return scratch.score();
}

/** The contributions behind `scoreOf`; their weights, added up in this order, are the score exactly. */
export function contributionsOf(comparison: Comparison, { rules, stems }: Weighed): Contribution[] {
  scratch.clear();
  rules.weigh(comparison, stems, scratch);
  return scratch.contributions();
}

/** The probability that belongs to a score in bits. */
export function probabilityOf(score: number): number {
  return 1 / (1 + 2 ** -score);
}
