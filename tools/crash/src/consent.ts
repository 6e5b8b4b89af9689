import type { SealedTokens } from '@koppel/domain/administrations';
import type { ConnectionId, TenantId } from '@koppel/domain/kernel';
import { createHttpTransport } from '@koppel/exact-client';
import { authorisationUrl, exchangeCode, type TokenPair } from '@koppel/exact-client/auth';
import { consentByForms, DEMO_CLIENT, type Sandbox } from '@koppel/exact-sandbox';
import { hashOf, TokenCipher } from '@koppel/persistence';

const person = { username: 'anna@bouwgroep-demo.nl', password: 'demo' };

/** The tokens that a person's consent gives. */
export async function consent(sandbox: Sandbox, now: () => Date): Promise<TokenPair> {
  const transport = createHttpTransport();
  const { clientId, clientSecret } = DEMO_CLIENT;
  const app = { baseUrl: sandbox.url, clientId, redirectUri: 'http://127.0.0.1:9/callback' };
  const authoriseUrl = authorisationUrl({ ...app, state: 'S', forceLogin: true });
  const callback = new URL(await consentByForms({ authoriseUrl, ...person }));
  const code = callback.searchParams.get('code') ?? '';
  const tokens = await exchangeCode({ ...app, transport, clientSecret, code, now });
  transport.close();
  return tokens;
}

export interface TokenPlace {
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
  /** 32 bytes, base64. */
  readonly key: string;
}

/** The same tokens as a connection's row holds them. */
export function sealed(tokens: TokenPair, { tenantId, connectionId, key }: TokenPlace): SealedTokens {
  const cipher = new TokenCipher({ currentKeyId: 'k1', keys: { k1: Buffer.from(key, 'base64') } });
  const access = cipher.encrypt(tokens.accessToken, { tenantId, connectionId, field: 'access-token' });
  const refresh = cipher.encrypt(tokens.refreshToken, { tenantId, connectionId, field: 'refresh-token' });
  return {
    accessTokenCiphertext: access.ciphertext,
    refreshTokenCiphertext: refresh.ciphertext,
    keyId: 'k1',
    refreshTokenHash: hashOf(tokens.refreshToken),
    accessIssuedAt: tokens.accessIssuedAt,
  };
}
