import { connectionTrouble } from '@koppel/domain/administrations';
import { ok, type ConnectionId, type Deps, type TenantId } from '@koppel/domain/kernel';
import type { ReauthReason } from '@koppel/exact-client';
import { findUntoldConnections, type Database, type FullTransaction } from '@koppel/persistence';

const toldMax = 200;

/**
 * The consent is over: people see why, at once, wherever it was found out (E01, F45). The reason on the connection says that it was told;
 * nothing is said of one that was mended meanwhile.
 */
export async function tellReconnect(
  deps: Deps<FullTransaction>,
  { tenantId, connectionId }: { readonly tenantId: TenantId; readonly connectionId: ConnectionId },
  reason: ReauthReason,
): Promise<void> {
  await deps.uow.run(tenantId, async (tx) => {
    const connection = await tx.connections.findByIdForUpdate(connectionId);
    if (connection?.state !== 'reauth-required') return ok(undefined);
    await tx.connections.save({ ...connection, stateReason: reason });
    await tx.issues.report([connectionTrouble(connectionId, reason)], deps.now());
    return ok(undefined);
  });
}

/** Tells of consents that are over of which nobody was told, since the process that found out died before it could (F42, F45). */
export async function tellForgottenReconnects(
  database: Database,
  deps: Deps<FullTransaction>,
): Promise<void> {
  for (const untold of await findUntoldConnections(database, toldMax))
    await tellReconnect(deps, untold, 'declared');
}
