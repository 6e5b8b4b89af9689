import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { createHttpTransport } from '@koppel/exact-client';
import { authorisationUrl, exchangeCode, type TokenPair } from '@koppel/exact-client/auth';
import { consentByForms, DEMO_CLIENT, type Sandbox } from '@koppel/exact-sandbox';
import type { SealedTokens } from '@koppel/domain/administrations';
import { asId, ok, type AdministrationId, type ConnectionId, type TenantId } from '@koppel/domain/kernel';
import { hashOf, inSystem, TokenCipher, type Database, type DrizzleUnitOfWork } from '@koppel/persistence';

export const redirectUri = 'http://127.0.0.1:9/oauth/callback';

/** Keys and their only ring, for a spec's database. */
export const someKeys = { k1: randomBytes(32).toString('base64') };

export interface CoupledTenant {
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
}

/** A tenant with the feature on and a fresh consent of a sandbox user. */
export async function aCoupledTenant(
  { database, uow, sandbox }: { database: Database; uow: DrizzleUnitOfWork; sandbox: Sandbox },
  over: { username?: string; divisions?: readonly number[]; step?: string; now?: () => Date } = {},
): Promise<CoupledTenant> {
  const tenantId = asId<TenantId>(randomUUIDv7());
  const connectionId = asId<ConnectionId>(randomUUIDv7());
  const now = over.now ?? (() => new Date());
  await inSystem(database, async (tx) => {
    await tx.execute(
      sql`insert into tenants (id, name, feature_enabled_at, created_at) values (${tenantId}, 'Bouwgroep', now(), now())`,
    );
    await tx.execute(sql`insert into couplings (tenant_id, step, contact_handling, created_at, activated_at)
      values (${tenantId}, ${over.step ?? 'synchronise'}, 'automatic', now(), ${over.step === 'active' ? sql`now()` : null})`);
  });
  await addConnection({ uow, sandbox }, { tenantId, connectionId }, { ...over, now });
  return { tenantId, connectionId };
}

/** A consent of a sandbox user, as a connection of the tenant. */
export async function addConnection(
  { uow, sandbox }: { uow: DrizzleUnitOfWork; sandbox: Sandbox },
  { tenantId, connectionId }: CoupledTenant,
  { region = 'nl', ...consent }: ConsentOf & { readonly region?: 'nl' | 'be' },
): Promise<void> {
  const { now } = consent;
  const tokens = await exchangeConsent(sandbox, consent);
  await uow.run(tenantId, async (tx) => {
    await tx.connections.add(
      {
        id: connectionId,
        region,
        clientId: DEMO_CLIENT.clientId,
        exactUserId: '',
        exactUserName: '',
        state: 'active',
        stateReason: null,
        authorisedBy: 'user',
        authorisedByName: 'Anna',
        authorisedAt: now(),
        accessIssuedAt: tokens.accessIssuedAt,
        listRequestedAt: null,
        listedAt: null,
      },
      sealTokens(tokens, { tenantId, connectionId }),
    );
    return ok(undefined);
  });
}

interface ConsentOf {
  readonly username?: string;
  /** Absent = all that are offered. */
  readonly divisions?: readonly number[];
  readonly now: () => Date;
}

/** The tokens that a sandbox user's consent gives. */
export async function exchangeConsent(
  sandbox: Sandbox,
  { username = 'anna@bouwgroep-demo.nl', divisions, now }: ConsentOf,
): Promise<TokenPair> {
  const transport = createHttpTransport();
  const app = { baseUrl: sandbox.url, clientId: DEMO_CLIENT.clientId, redirectUri };
  const authoriseUrl = authorisationUrl({ ...app, state: 'S', forceLogin: true });
  const callback = new URL(
    await consentByForms({
      authoriseUrl,
      username,
      password: 'demo',
      ...(divisions && { divisions }),
    }),
  );
  const code = callback.searchParams.get('code') ?? '';
  const tokens = await exchangeCode({ ...app, transport, clientSecret: DEMO_CLIENT.clientSecret, code, now });
  transport.close();
  return tokens;
}

/** The tokens as the connection's row holds them. */
export function sealTokens(tokens: TokenPair, place: CoupledTenant): SealedTokens {
  const cipher = new TokenCipher({ currentKeyId: 'k1', keys: { k1: Buffer.from(someKeys.k1, 'base64') } });
  const access = cipher.encrypt(tokens.accessToken, { ...place, field: 'access-token' });
  const refresh = cipher.encrypt(tokens.refreshToken, { ...place, field: 'refresh-token' });
  return {
    accessTokenCiphertext: access.ciphertext,
    refreshTokenCiphertext: refresh.ciphertext,
    keyId: 'k1',
    refreshTokenHash: hashOf(tokens.refreshToken),
    accessIssuedAt: tokens.accessIssuedAt,
  };
}

/** Puts every administration that can be coupled into the given state; says which. */
export async function takeAll(
  uow: DrizzleUnitOfWork,
  tenantId: TenantId,
  state: 'coupling' | 'active',
): Promise<{ id: AdministrationId; division: number }[]> {
  const taken = await uow.run(tenantId, async (tx) => {
    const usable = (await tx.administrations.findMany()).filter((each) => each.unavailableReason === null);
    for (const administration of usable)
      await tx.administrations.save({
        ...administration,
        state,
        activatedAt: state === 'active' ? new Date() : null,
      });
    return ok(usable.map(({ id, division }) => ({ id, division })));
  });
  if (!taken.ok) throw new Error('the administrations could not be taken');
  return taken.value;
}
