import type { Consent, ExchangedConsent, TokenOwner } from '@koppel/domain/coupling';
import { err, ok, type Result, type TenantId } from '@koppel/domain/kernel';
import {
  authorisationUrl,
  exchangeCode,
  ExactError,
  isTransient,
  regionBaseUrl,
  seeConsent,
  type Region,
  type TokenPair,
  type Transport,
} from '@koppel/exact-client/auth';
import { hashOf, type TokenCipher } from '@koppel/persistence';
import type { ExactConfig } from '../config.js';

export interface ExactConsentParts {
  readonly config: ExactConfig;
  readonly transport: Transport;
  readonly cipher: TokenCipher;
  readonly now: () => Date;
}

/** Consent at the country sites of Exact Online. Which site a code goes to comes from our own record, not from the request. */
export class ExactConsent implements Consent {
  constructor(private readonly parts: ExactConsentParts) {}

  authorisationUrl(request: { region: string; state: string; forceLogin: boolean }): string | undefined {
    const baseUrl = this.baseUrlOf(request.region);
    if (baseUrl === undefined) return undefined;
    const { clientId, redirectUri } = this.parts.config;
    const { state, forceLogin } = request;
    return authorisationUrl({ baseUrl, clientId, redirectUri, state, forceLogin });
  }

  async exchange(request: {
    tenantId: TenantId;
    region: string;
    code: string;
  }): Promise<Result<ExchangedConsent, { readonly kind: 'code-refused' | 'exact-unavailable' }>> {
    const baseUrl = this.baseUrlOf(request.region);
    if (baseUrl === undefined) return err({ kind: 'exact-unavailable' });
    const { config, transport, now } = this.parts;
    const { clientId, clientSecret, redirectUri } = config;
    try {
      const secret = clientSecret.reveal();
      const { code } = request;
      const pair = await exchangeCode({
        transport,
        baseUrl,
        clientId,
        clientSecret: secret,
        redirectUri,
        code,
        now,
      });
      return ok({
        clientId,
        seal: (owner) => this.seal(pair, owner),
        look: () => this.look(baseUrl, pair.accessToken),
      });
    } catch (error) {
      if ((error as ExactError).kind === 'code-refused') return err({ kind: 'code-refused' });
      if (isTransient(error)) return err({ kind: 'exact-unavailable' });
      throw error;
    }
  }

  private look(baseUrl: string, accessToken: string): ReturnType<ExchangedConsent['look']> {
    const { transport, now } = this.parts;
    return answered(async () => {
      const seen = await seeConsent({ transport, baseUrl, accessToken, now });
      return {
        exactUserId: seen.userId,
        opensAny: (divisions) => answered(() => seen.opensAny(divisions)),
      };
    });
  }

  private seal(pair: TokenPair, owner: TokenOwner) {
    const { cipher } = this.parts;
    const access = cipher.encrypt(pair.accessToken, { ...owner, field: 'access-token' });
    const refresh = cipher.encrypt(pair.refreshToken, { ...owner, field: 'refresh-token' });
    return {
      accessTokenCiphertext: access.ciphertext,
      refreshTokenCiphertext: refresh.ciphertext,
      keyId: refresh.keyId,
      refreshTokenHash: hashOf(pair.refreshToken),
      accessIssuedAt: pair.accessIssuedAt,
    };
  }

  /**
   * An app is registered in one country. With a site of our own configured (the sandbox), only the countries that have
   * one are offered.
   */
  private baseUrlOf(region: string): string | undefined {
    const { baseUrls, region: own } = this.parts.config;
    if (own !== undefined && region !== own) return undefined;
    if (Object.keys(baseUrls).length === 0) return regionBaseUrl(region as Region); // the contract checked it
    return baseUrls[region as Region];
  }
}

/** Whatever Exact answers instead: nothing was found out. */
async function answered<T>(
  ask: () => Promise<T>,
): Promise<Result<T, { readonly kind: 'exact-unavailable' }>> {
  try {
    return ok(await ask());
  } catch (error) {
    if (!(error instanceof ExactError)) throw error;
    return err({ kind: 'exact-unavailable' });
  }
}
