import { ExactError } from '@koppel/exact-client';
import type { TokenStore } from '@koppel/exact-client/auth';
import { KeyUnavailable } from '@koppel/persistence';

/**
 * The store of tokens, where tokens of which the key is missing are a connection that only a person can mend: the key is listed again,
 * or somebody reconnects. It is this connection's trouble alone, and no call is made for it (F47).
 */
export function openedTokens(store: TokenStore): TokenStore {
  return {
    read: (connectionId) => opened(store.read(connectionId)),
    withLock: (connectionId, work) => opened(store.withLock(connectionId, work)),
    swap: (connectionId, used, next) => store.swap(connectionId, used, next),
  };
}

async function opened<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof KeyUnavailable)) throw error;
    throw new ExactError({ kind: 'reauth-required', reason: 'key-unavailable' }, { cause: error });
  }
}
