import {
  err,
  ok,
  type ConnectionId,
  type Deps,
  type OutboxTx,
  type Result,
  type TenantId,
} from '../kernel/index.js';
import { isUsable } from './connection.js';
import type { ConnectionsTx } from './connections.port.js';

type Broken = { readonly kind: 'connection-broken' };

/** Has the worker ask Exact again which administrations there are, on every usable connection. */
export function requestListing(
  deps: Deps<ConnectionsTx & OutboxTx>,
  command: { readonly tenantId: TenantId },
): Promise<Result<void, Broken>> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Result<void, Broken>> => {
    const usable = (await tx.connections.findMany()).filter(isUsable);
    if (usable.length === 0) return err({ kind: 'connection-broken' });
    for (const { id } of usable) await requestListingOf(tx, id, deps.now());
    return ok(undefined);
  });
}

/** Asks for the list of one connection, inside the caller's transaction. */
export async function requestListingOf(
  tx: ConnectionsTx & OutboxTx,
  id: ConnectionId,
  now: Date,
): Promise<void> {
  const connection = await tx.connections.findByIdForUpdate(id);
  if (!connection) return;
  await tx.connections.save({ ...connection, listRequestedAt: now });
  await tx.outbox.add({ kind: 'list-divisions', connectionId: id });
}

/** The worker could not get the list: people stop waiting, and see why. What was listed before stays. */
export function recordListingFailure(
  deps: Deps<ConnectionsTx>,
  command: { readonly tenantId: TenantId; readonly connectionId: ConnectionId; readonly reason: string },
): Promise<Result<void, never>> {
  return deps.uow.run(command.tenantId, async (tx) => {
    const connection = await tx.connections.findByIdForUpdate(command.connectionId);
    if (!connection) return ok(undefined);
    await tx.connections.save({ ...connection, stateReason: command.reason, listRequestedAt: null });
    return ok(undefined);
  });
}
