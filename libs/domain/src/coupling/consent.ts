import type { SealedTokens } from '../administrations/index.js';
import type { Result, TenantId } from '../kernel/index.js';
import type { TokenOwner } from './consents-elsewhere.js';

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
  seal(owner: TokenOwner): SealedTokens;
  /** Asks Exact whose consent it is, with the tokens that are stored nowhere yet. */
  look(): Promise<Result<SeenConsent, Unavailable>>;
}

export interface SeenConsent {
  readonly exactUserId: string;
  /** Whether it opens at least one of these divisions, with the right to read relations there. */
  opensAny(divisions: readonly number[]): Promise<Result<boolean, Unavailable>>;
}

interface Unavailable {
  readonly kind: 'exact-unavailable';
}
