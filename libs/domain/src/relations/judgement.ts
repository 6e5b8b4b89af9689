import type { ActionId, SourceRelationId } from '../kernel/index.js';

export type JudgementVerdict = 'same' | 'different' | 'unsure';

/** What a person said of two accounts. Append-only; the newest of a pair counts, and outranks every score. */
export interface PersonsJudgement {
  readonly id: string;
  /** The smaller id first, so that a pair has one spelling. */
  readonly sourceA: SourceRelationId;
  readonly sourceB: SourceRelationId;
  readonly verdict: JudgementVerdict;
  readonly actionId: ActionId;
  readonly actorId: string;
  readonly actorName: string;
  readonly at: Date;
}

/** A pair of ids in its one spelling. */
export function orderedPair<T extends string>(one: T, other: T): readonly [T, T] {
  return one < other ? [one, other] : [other, one];
}
