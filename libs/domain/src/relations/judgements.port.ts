import type { SourceRelationId } from '../kernel/index.js';
import type { PersonsJudgement } from './judgement.js';

/** What persons decided on pairs of accounts. */
export interface Judgements {
  addMany(judgements: readonly PersonsJudgement[]): Promise<void>;
  /** The newest of every pair, by pair. */
  findLatest(): Promise<PersonsJudgement[]>;
  /** The newest of every pair that has one of the accounts, by pair. */
  findLatestOf(ids: readonly SourceRelationId[]): Promise<PersonsJudgement[]>;
}

export interface JudgementsTx {
  readonly judgements: Judgements;
}
