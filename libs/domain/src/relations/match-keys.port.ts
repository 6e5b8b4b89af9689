import type { SourceRelationId, SyncRunId } from '../kernel/index.js';

/** The keys of one account, as `candidateKeys` makes them. */
export interface KeysOfSource {
  readonly sourceRelationId: SourceRelationId;
  readonly keys: ArrayLike<number>;
}

/** Which accounts share a candidate key: the look-up for one new or changed account. */
export interface MatchKeys {
  /**
   * Adds keys that single accounts have by now; those that are there already stay. Old keys of a changed account stay too:
   * they cost a needless comparison.
   */
  addMany(runId: SyncRunId, sources: readonly KeysOfSource[]): Promise<void>;
  /** Keys of many accounts, under the name of the run that compares everything. Put again, they are there once. */
  putPortion(runId: SyncRunId, sources: readonly KeysOfSource[]): Promise<void>;
  /** Forgets what earlier runs had added or put: the run has put all that count. */
  forgetBefore(runId: SyncRunId): Promise<void>;
  /** Per account the others that share a key that at most `sharersMax` accounts have; by id, at most `limit`. */
  findSharers(
    of: readonly KeysOfSource[],
    bounds: { readonly sharersMax: number; readonly limit: number },
  ): Promise<Map<SourceRelationId, SourceRelationId[]>>;
}

export interface MatchKeysTx {
  readonly matchKeys: MatchKeys;
}
