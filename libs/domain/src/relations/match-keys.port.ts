import type { SourceRelationId } from '../kernel/index.js';

/** The keys of one account, as `candidateKeys` makes them. */
export interface KeysOfSource {
  readonly sourceRelationId: SourceRelationId;
  readonly keys: readonly string[];
}

/** Which accounts share a candidate key: the look-up for one new or changed account. */
export interface MatchKeys {
  /** Replaces the keys of each given account. */
  putMany(sources: readonly KeysOfSource[]): Promise<void>;
  /** For accounts that have no keys yet: quicker than `putMany`. */
  addMany(sources: readonly KeysOfSource[]): Promise<void>;
  removeMany(ids: readonly SourceRelationId[]): Promise<void>;
  /** Other accounts that share a key that at most `sharersMax` accounts have; by id, at most `limit`. */
  findSharers(
    of: KeysOfSource,
    bounds: { readonly sharersMax: number; readonly limit: number },
  ): Promise<SourceRelationId[]>;
}

export interface MatchKeysTx {
  readonly matchKeys: MatchKeys;
}
