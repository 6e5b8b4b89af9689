import type { TokenKeeperOptions } from './token-keeper-options.js';
import { TokenRefresh } from './token-refresh.js';

/** Hands out access tokens that work, for any number of connections. */
export interface TokenKeeper {
  /**
   * A token that Exact accepts now. At most one refresh per connection over all processes, never earlier than 570 s after the last,
   * and committed before it is handed out. Throws ExactError `reauth-required`, or a transient kind when the token endpoint cannot be had.
   */
  accessToken(connectionId: string): Promise<string>;
  /** Refreshes a connection nobody used for `idleMs`, since an unused refresh token dies after 30 days. Throws like `accessToken`. */
  keepAlive(connectionId: string): Promise<void>;
}

const IDLE_MS = 20 * 3_600_000;

/** One keeper per process and app registration; it is the in-process part of the single flight, the store's lock is the other. */
export function createTokenKeeper(options: TokenKeeperOptions): TokenKeeper {
  const flights = new Map<string, Promise<string>>();
  const refreshing = new TokenRefresh(options);
  const accessToken = (connectionId: string): Promise<string> => {
    const running = flights.get(connectionId);
    if (running !== undefined) return running;
    const flight = refreshing.obtain(connectionId).finally(() => flights.delete(connectionId));
    flights.set(connectionId, flight);
    return flight;
  };
  const keepAlive = async (connectionId: string): Promise<void> => {
    const row = await options.store.read(connectionId);
    if (row === undefined || row.state === 'reauth-required') return;
    const idleForMs = options.now().getTime() - row.accessIssuedAt.getTime();
    if (idleForMs >= (options.idleMs ?? IDLE_MS)) await accessToken(connectionId);
  };
  return { accessToken, keepAlive };
}
