import type { SyncRunId } from '../kernel/index.js';
import type { LearntModel } from './matching/index.js';

/** What comparing everything has learnt of a tenant's names, for the accounts that are compared one by one later. */
export interface MatchModel {
  /** Takes the place of what earlier runs learnt. */
  put(runId: SyncRunId, model: LearntModel): Promise<void>;
  /** The latest; nothing learnt when there is none, or when it is another matcher version's. */
  find(): Promise<LearntModel>;
}

export interface MatchModelTx {
  readonly matchModel: MatchModel;
}
