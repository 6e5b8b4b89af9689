import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { asId, ok, type ConnectionId, type TenantId } from '@koppel/domain/kernel';
import { DEMO_CLIENT, type Sandbox } from '@koppel/exact-sandbox';
import { inSystem } from '@koppel/persistence';
import type { Services } from '@koppel/worker/handlers';
import { consent, sealed } from './consent.js';

export interface TenantToAdd {
  readonly sandbox: Sandbox;
  readonly encryptionKey: string;
  /** Whether its coupling was activated before; else it stands before its first synchronisation. */
  readonly isActive: boolean;
}

/** A tenant with a fresh consent, whose administrations are about to be listed. */
export async function addTenant({ database, deps }: Services, to: TenantToAdd): Promise<TenantId> {
  const tenantId = asId<TenantId>(randomUUIDv7());
  const connectionId = asId<ConnectionId>(randomUUIDv7());
  const [step, activatedAt] = to.isActive ? ['active', sql`now()`] : ['synchronise', sql`null`];
  await inSystem(database, async (tx) => {
    await tx.execute(
      sql`insert into tenants (id, name, feature_enabled_at, created_at) values (${tenantId}, 'Bouwgroep', now(), now())`,
    );
    await tx.execute(sql`insert into couplings (tenant_id, step, contact_handling, created_at, activated_at)
      values (${tenantId}, ${step}, 'automatic', now(), ${activatedAt})`);
  });
  const tokens = sealed(await consent(to.sandbox, deps.now), {
    tenantId,
    connectionId,
    key: to.encryptionKey,
  });
  await deps.uow.run(tenantId, async (tx) => {
    await tx.connections.add(
      {
        id: connectionId,
        region: 'nl',
        clientId: DEMO_CLIENT.clientId,
        exactUserId: '',
        exactUserName: '',
        state: 'active',
        stateReason: null,
        authorisedBy: 'anna',
        authorisedByName: 'Anna',
        authorisedAt: deps.now(),
        accessIssuedAt: tokens.accessIssuedAt,
        listRequestedAt: null,
        listedAt: null,
      },
      tokens,
    );
    await tx.outbox.add({ kind: 'list-divisions', connectionId });
    return ok(undefined);
  });
  return tenantId;
}
