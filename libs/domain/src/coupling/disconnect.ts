import type { ConnectionsTx } from '../administrations/index.js';
import { err, ok, type ConnectionId, type Deps, type Result, type TenantId } from '../kernel/index.js';

type Disconnected = Result<void, { readonly kind: 'not-found' }>;

/**
 * Destroys the tokens of a connection. Administrations, codes, links, decisions and settings stay, so that reconnecting
 * goes on where it stopped.
 */
export function disconnect(
  deps: Deps<ConnectionsTx>,
  command: { readonly tenantId: TenantId; readonly connectionId: ConnectionId },
): Promise<Disconnected> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Disconnected> => {
    const connection = await tx.connections.findByIdForUpdate(command.connectionId);
    if (!connection) return err({ kind: 'not-found' });
    await tx.connections.destroyTokens(connection.id);
    await tx.connections.save({
      ...connection,
      state: 'disconnected',
      stateReason: null,
      listRequestedAt: null,
    });
    return ok(undefined);
  });
}
