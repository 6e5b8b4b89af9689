import { randomUUIDv7 } from 'node:crypto';
import { completeConnection, type Consent, type TokenOwner } from '@koppel/domain/coupling';
import { asId, ok, systemActor, type ConnectionId } from '@koppel/domain/kernel';
import { createHttpTransport } from '@koppel/exact-client';
import { authorisationUrl, seeConsent } from '@koppel/exact-client/auth';
import { DEMO_CLIENT } from '@koppel/exact-sandbox';
import { DrizzleConsentsElsewhere, hashOf } from '@koppel/persistence';
import { exchangeConsent, redirectUri, sealTokens, type CoupledTenant } from './a-coupled-tenant.js';
import type { WorkerRig } from './a-worker-rig.js';

/** A person consents again, as the portal lets them: same country, so the same connection with new tokens. `username`: whom Exact knows. */
export async function reconnect(
  rig: WorkerRig,
  { tenantId }: CoupledTenant,
  username?: string,
): Promise<ConnectionId> {
  const { deps } = rig.services;
  const state = randomUUIDv7();
  const attempt = { stateHash: hashOf(state), sessionHash: hashOf('session') };
  await rig.uow.run(tenantId, async (tx) =>
    ok(
      await tx.authorisationAttempts.add({
        ...attempt,
        userId: randomUUIDv7(),
        region: 'nl',
        createdAt: deps.now(),
        expiresAt: new Date(deps.now().getTime() + 600_000),
        usedAt: null,
        connectionId: null,
        failure: null,
      }),
    ),
  );
  const transport = createHttpTransport();
  const consent: Consent = {
    authorisationUrl: (request) =>
      authorisationUrl({ baseUrl: rig.sandbox.url, clientId: DEMO_CLIENT.clientId, redirectUri, ...request }),
    exchange: async () => {
      const tokens = await exchangeConsent(rig.sandbox, {
        now: rig.clock.now,
        ...(username && { username }),
      });
      const seal = (owner: TokenOwner) => sealTokens(tokens, owner);
      const look = async () => {
        const { accessToken } = tokens;
        const place = { transport, baseUrl: rig.sandbox.url, now: rig.clock.now };
        const { userId, opensAny } = await seeConsent({ ...place, accessToken });
        const opens = async (divisions: readonly number[]) => ok(await opensAny(divisions));
        return ok({ exactUserId: userId, opensAny: opens });
      };
      return ok({ clientId: DEMO_CLIENT.clientId, seal, look });
    },
  };
  const connected = await completeConnection(
    { ...deps, consent, elsewhere: new DrizzleConsentsElsewhere(rig.database) },
    { tenantId, actor: systemActor, ...attempt, code: 'asked for by exchange' },
  );
  transport.close();
  if (!connected.ok) throw new Error(connected.error.kind);
  return asId(connected.value.id);
}
