import type { ConnectionId } from '../kernel/index.js';

/**
 * - `refresh-unknown`: a token refresh was sent and its answer was lost; the worker finds out.
 * - `reauth-required`: a person must give consent again; everything else stays.
 * - `disconnected`: an admin ended it; tokens are destroyed, everything else stays.
 */
export type ConnectionState = 'active' | 'refresh-unknown' | 'reauth-required' | 'disconnected';

/** The consent of one Exact user in one country. One per tenant and country: reconnecting keeps the row and its id. */
export interface Connection {
  readonly id: ConnectionId;
  readonly region: string;
  /** The app registration that got the consent. */
  readonly clientId: string;
  /** Empty until the worker has asked Exact who it is. */
  readonly exactUserId: string;
  readonly exactUserName: string;
  readonly state: ConnectionState;
  readonly stateReason: string | null;
  readonly authorisedBy: string;
  readonly authorisedByName: string;
  readonly authorisedAt: Date;
  /** When Exact last gave tokens; null when there are none. */
  readonly accessIssuedAt: Date | null;
  /** Set while the list of administrations is asked for. */
  readonly listRequestedAt: Date | null;
  readonly listedAt: Date | null;
}

/** Exact's tokens as they are stored: encrypted, bound to their tenant, connection and column. */
export interface SealedTokens {
  readonly accessTokenCiphertext: string;
  readonly refreshTokenCiphertext: string;
  readonly keyId: string;
  /** SHA-256 in hex. */
  readonly refreshTokenHash: string;
  readonly accessIssuedAt: Date;
}

/** States in which requests can be made with a connection, or could be once a lost answer is found. */
export const usableStates = ['active', 'refresh-unknown'] as const satisfies readonly ConnectionState[];

const usable: ReadonlySet<ConnectionState> = new Set(usableStates);

/** Whether requests can be made with it, or could be once a lost answer is found. */
export function isUsable(connection: Pick<Connection, 'state'>): boolean {
  return usable.has(connection.state);
}

const refreshTokenLifeMs = 30 * 24 * 3_600_000;

/** When the consent ends unless something refreshes it before: 30 days after the last tokens (E03). */
export function refreshExpiresAt(connection: Connection): Date | null {
  const { accessIssuedAt } = connection;
  return accessIssuedAt && new Date(accessIssuedAt.getTime() + refreshTokenLifeMs);
}
