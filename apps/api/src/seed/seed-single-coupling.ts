import { defaultWritePolicy, type Administration, type SealedTokens } from '@koppel/domain/administrations';
import { openCoupling } from '@koppel/domain/coupling';
import {
  asId,
  ok,
  type AdministrationId,
  type ConnectionId,
  type Deps,
  type TenantId,
} from '@koppel/domain/kernel';
import type { FullTransaction } from '@koppel/persistence';

export interface SingleCoupling {
  readonly tenantId: TenantId;
  /** Of the administration that was coupled before there was Koppel for several. */
  readonly division: number;
  readonly name: string;
  readonly code: string;
  readonly authorisedByName: string;
  readonly clientId: string;
  /** The tokens of the old coupling, sealed for the connection. */
  readonly seal: (connectionId: ConnectionId) => SealedTokens;
}

/**
 * Takes over a tenant that was coupled to one administration (product.md 1): its connection and its active administration.
 * The tenant lands on step `select` and keeps what it had. Again: what is there stays.
 */
export async function seedSingleCoupling(deps: Deps<FullTransaction>, single: SingleCoupling): Promise<void> {
  const connectionId = asId<ConnectionId>(deps.newId());
  const administration = administrationOf(single, { id: asId(deps.newId()), connectionId, now: deps.now() });
  await deps.uow.run(single.tenantId, async (tx) => {
    if ((await tx.administrations.findMany()).length > 0) return ok(undefined);
    const connection = {
      id: connectionId,
      region: 'nl',
      clientId: single.clientId,
      exactUserId: '',
      exactUserName: single.authorisedByName,
      state: 'active' as const,
      stateReason: null,
      authorisedBy: 'single-coupling',
      authorisedByName: single.authorisedByName,
      authorisedAt: deps.now(),
      accessIssuedAt: null,
      listRequestedAt: null,
      listedAt: null,
    };
    await tx.connections.add(connection, single.seal(connectionId));
    await tx.administrations.add(administration);
    return ok(undefined);
  });
  await openCoupling(deps, { tenantId: single.tenantId });
}

function administrationOf(
  { division, name, code }: SingleCoupling,
  { id, connectionId, now }: { id: AdministrationId; connectionId: ConnectionId; now: Date },
): Administration {
  return {
    id,
    connectionId,
    region: 'nl',
    division,
    name,
    legalName: null,
    number: '1',
    kvk: null,
    vat: null,
    country: 'NL',
    currency: 'EUR',
    movedAt: null,
    state: 'active',
    stateReason: null,
    unavailableReason: null,
    code,
    codeLockedAt: now,
    writePolicy: defaultWritePolicy,
    position: 1,
    listedAt: now,
    selectedAt: now,
    activatedAt: now,
    lastSyncedAt: null,
    nextSyncAt: null,
    version: 1,
  };
}
