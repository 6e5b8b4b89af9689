import type { SealedTokens } from '../administrations/index.js';
import type { ConnectionId, TenantId } from '../kernel/index.js';

/** What is known of consents over all organisations together. It says whether, never whose. */
export interface ConsentsElsewhere {
  /**
   * Whether this Exact user carries a connection that lives in another organisation. Exact keeps one chain of tokens for an app and a user, so
   * the exchange has ended that connection's: it gets the new tokens, and lives on.
   */
  giveBack(given: GivenConsent): Promise<boolean>;
}

export interface GivenConsent {
  /** The organisation in which it was given. */
  readonly tenantId: TenantId;
  readonly region: string;
  readonly clientId: string;
  readonly exactUserId: string;
  seal(owner: TokenOwner): SealedTokens;
}

/** The one row that sealed tokens open in. */
export interface TokenOwner {
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
}
