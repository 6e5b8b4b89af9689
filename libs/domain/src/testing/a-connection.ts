import type { Connection, SealedTokens } from '../administrations/index.js';
import { asId } from '../kernel/index.js';

/** An active connection of the Netherlands. */
export function aConnection(over: Partial<Connection> = {}): Connection {
  return {
    id: asId('00000000-0000-7000-8000-c00000000001'),
    region: 'nl',
    clientId: 'client',
    exactUserId: 'exact-user-1',
    exactUserName: 'Anneke van Dijk',
    state: 'active',
    stateReason: null,
    authorisedBy: 'user-1',
    authorisedByName: 'Anneke van Dijk',
    authorisedAt: new Date('2026-11-25T08:00:00Z'),
    accessIssuedAt: null,
    listRequestedAt: null,
    listedAt: null,
    ...over,
  };
}

/** Tokens as the cipher would have sealed them; `name` tells them apart. */
export function someSealedTokens(name = 'first', over: Partial<SealedTokens> = {}): SealedTokens {
  return {
    accessTokenCiphertext: `${name} access`,
    refreshTokenCiphertext: `${name} refresh`,
    keyId: 'k1',
    refreshTokenHash: `${name} hash`,
    accessIssuedAt: new Date('2026-11-25T08:00:00Z'),
    ...over,
  };
}
