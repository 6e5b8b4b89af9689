import type { ReauthReason } from '../errors.js';
import type { Transport } from '../transport.js';
import type { TokenStore } from './token-store.js';

/** What a keeper is made of: one app registration at one region. */
export interface TokenKeeperOptions {
  readonly store: TokenStore;
  readonly transport: Transport;
  /** The region's site, without a trailing slash. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly now: () => Date;
  /** Told once, after the state was committed, by the process that found out; when that dies in between, nobody is. */
  readonly onReauthRequired: (connectionId: string, reason: ReauthReason) => void | Promise<void>;
  readonly wait?: (ms: number) => Promise<void>;
  /** How long a token in doubt is watched, in case a paused process still saves the pair it got (F43); a minute when Exact refused it. */
  readonly rereadMs?: number;
  /** `keepAlive` refreshes a connection that was left alone this long. */
  readonly idleMs?: number;
}
