import type { SealedTokens } from '../administrations/index.js';
import type { ConnectionId, Result, TenantId } from '../kernel/index.js';

/** Exact's consent pages and token endpoint. Tokens come out of it sealed, never readable. */
export interface Consent {
  /** The address of the consent page; undefined when no app is configured for the country. */
  authorisationUrl(request: {
    readonly region: string;
    readonly state: string;
    readonly forceLogin: boolean;
  }): string | undefined;
  /** Turns the code of the callback into tokens, once. `code-refused`: late, used or foreign. */
  exchange(request: {
    readonly tenantId: TenantId;
    readonly region: string;
    readonly code: string;
  }): Promise<Result<ExchangedConsent, { readonly kind: 'code-refused' | 'exact-unavailable' }>>;
}

export interface ExchangedConsent {
  readonly clientId: string;
  /** The tokens, encrypted for this connection's row only. */
  seal(connectionId: ConnectionId): SealedTokens;
}
