import { isUsable, requestListingOf, type ConnectionsTx } from '../administrations/index.js';
import { ok, type ConnectionId, type Deps, type OutboxTx, type TenantId } from '../kernel/index.js';

/** Longer than a resync waits that starts because access came back: one that is refused and listed by turns is asked once. */
const listedRecentlyMs = 3_600_000;

/**
 * Has one refusal of an administration held against Exact's own list of them (F80): it tells what the refusal means, or that it is over. One
 * list serves all administrations of a connection that are refused together; what it does not tell is left to the daily look.
 */
export async function verifyAccess(
  deps: Deps<ConnectionsTx & OutboxTx>,
  { tenantId, connectionId }: { readonly tenantId: TenantId; readonly connectionId: ConnectionId },
): Promise<void> {
  const now = deps.now();
  await deps.uow.run(tenantId, async (tx) => {
    const connection = await tx.connections.findByIdForUpdate(connectionId);
    if (!connection || !isUsable(connection) || connection.listRequestedAt) return ok(undefined);
    const { listedAt } = connection;
    const isListed = listedAt !== null && now.getTime() - listedAt.getTime() < listedRecentlyMs;
    if (!isListed) await requestListingOf(tx, connectionId, now);
    return ok(undefined);
  });
}
