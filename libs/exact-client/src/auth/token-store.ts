import type { TokenPair } from './token-request.js';

/**
 * - `active`: the tokens are what Exact last gave.
 * - `refresh-unknown`: a refresh was sent and its answer could not be read; one more call with the same token may tell.
 * - `refresh-refused`: Exact called the refresh token used, and a stopped process may still hold the pair that replaced it (F43). No call with
 *   this token can succeed any more.
 * - `reauth-required`: only a person can mend it.
 */
export type TokenState = 'active' | 'refresh-unknown' | 'refresh-refused' | 'reauth-required';

/** What is kept per connection. The store encrypts the tokens; columns must take 2,000 characters and more. */
export interface TokenRow {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessIssuedAt: Date;
  readonly state: TokenState;
  /** Grows by one at every saved change. */
  readonly generation: number;
}

/**
 * Replaces the row. `unread` is an answer to a refresh that could not be read: kept, sealed like the tokens that it may carry, until there are
 * tokens that work; of several the first, since only that can carry any (F44).
 */
export type SaveTokens = (next: TokenRow, unread?: string) => Promise<void>;

/** The port behind the keeper; the real one is a Postgres row per connection. */
export interface TokenStore {
  read(connectionId: string): Promise<TokenRow | undefined>;
  /**
   * Runs `work` while holding the connection's row lock over all processes; what `save` wrote is committed before this resolves.
   * Rejects when there is no row, when the lock cannot be had, when `work` throws (nothing is saved then) and when the commit failed.
   */
  withLock<T>(connectionId: string, work: (row: TokenRow, save: SaveTokens) => Promise<T>): Promise<T>;
  /** Outside the lock: replaces the row only while its refresh token is still `usedRefreshToken`, whatever its state. False when it was not. */
  swap(connectionId: string, usedRefreshToken: string, next: TokenRow): Promise<boolean>;
}

/** The row that follows from a fresh pair: first consent, reconnect or refresh. */
export function rowOf(pair: TokenPair, previous?: TokenRow): TokenRow {
  return {
    accessToken: pair.accessToken,
    refreshToken: pair.refreshToken,
    accessIssuedAt: pair.accessIssuedAt,
    state: 'active',
    generation: (previous?.generation ?? 0) + 1,
  };
}
