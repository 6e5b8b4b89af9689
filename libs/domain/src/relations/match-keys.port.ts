import type { SourceRelationId } from '../kernel/index.js';

/** The keys of one account, as `candidateKeys` makes them. */
export interface KeysOfSource {
  readonly sourceRelationId: SourceRelationId;
  readonly keys: readonly string[];
}

/** Which accounts share a candidate key: the look-up for one new or changed account. */
export interface MatchKeys {
  /**
   * Adds keys; those that are there already stay. Old keys of a changed account stay too: they cost a needless comparison,
   * while finding them would cost an index of the same size again.
   */
  addMany(sources: readonly KeysOfSource[]): Promise<void>;
  /** The same for accounts that have no keys yet, which it does not check: quicker. */
  addFirst(sources: readonly KeysOfSource[]): Promise<void>;
  /** Other accounts that share a key that at most `sharersMax` accounts have; by id, at most `limit`. */
  findSharers(
    of: KeysOfSource,
    bounds: { readonly sharersMax: number; readonly limit: number },
  ): Promise<SourceRelationId[]>;
}

export interface MatchKeysTx {
  readonly matchKeys: MatchKeys;
}
