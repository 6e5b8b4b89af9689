import type { SourceRelationId, SyncRunId } from '../kernel/index.js';

/** The keys of one account, as `candidateKeys` makes them. */
export interface KeysOfSource {
  readonly sourceRelationId: SourceRelationId;
  readonly keys: ArrayLike<number>;
}

/** The others that share a key with an account, by id. */
export interface SharersOfOne {
  readonly near: readonly SourceRelationId[];
  /** Some of those that share a key that too many have: they tell that a value is shared, and are not compared. */
  readonly crowd: readonly SourceRelationId[];
}

/** Per account. */
export type Sharers = ReadonlyMap<SourceRelationId, SharersOfOne>;

export interface SharerBounds {
  /** A key that more accounts have brings up none of them. */
  readonly sharersMax: number;
  /** Accounts per account: those that share most keys with it, among equals the first by id. */
  readonly limit: number;
  /** Of each key that too many have. */
  readonly crowdMax: number;
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
  /** Who shares a key with each of the accounts. */
  findSharers(of: readonly KeysOfSource[], bounds: SharerBounds): Promise<Sharers>;
}

export interface MatchKeysTx {
  readonly matchKeys: MatchKeys;
}
