import {
  err,
  ok,
  type ConnectionId,
  type Deps,
  type OutboxTx,
  type Result,
  type TenantId,
} from '../kernel/index.js';
import { isUsable, type Connection } from './connection.js';
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

/** As long as a page tells that it waits. */
const awaitedMs = 5 * 60_000;

/** Whether somebody asked for the list just now: nobody waits for the daily one, nor for one that Exact does not give for long. */
export function isListingAwaited(
  { listRequestedAt }: Pick<Connection, 'listRequestedAt'>,
  now: Date,
): boolean {
  return listRequestedAt !== null && now.getTime() - listRequestedAt.getTime() < awaitedMs;
}

const againSoonestMs = 5_000;
const againLatestMs = 60_000;

/**
 * The worker could not get the list: people see why, and what was listed before stays. When Exact will be asked again (`isPassing`),
 * people go on waiting, and it says when: soon for somebody who asked just now, within a minute for all others.
 */
export async function recordListingFailure(
  deps: Deps<ConnectionsTx>,
  command: {
    readonly tenantId: TenantId;
    readonly connectionId: ConnectionId;
    readonly reason: string;
    readonly isPassing: boolean;
  },
): Promise<{ readonly againAt: Date | undefined }> {
  const { connectionId, reason, isPassing } = command;
  const now = deps.now();
  const recorded = await deps.uow.run<Date | null, never>(command.tenantId, async (tx) => {
    const connection = await tx.connections.findByIdForUpdate(connectionId);
    if (!connection) return ok(null);
    const listRequestedAt = isPassing ? connection.listRequestedAt : null;
    // Why a consent is over is said by who tells people of it, and only then (F45).
    const stateReason = connection.state === 'reauth-required' ? connection.stateReason : reason;
    await tx.connections.save({ ...connection, stateReason, listRequestedAt });
    return ok(listRequestedAt);
  });
  return { againAt: isPassing ? againAt(now, recorded.ok ? recorded.value : null) : undefined };
}

function againAt(now: Date, requestedAt: Date | null): Date {
  const waitedMs = requestedAt === null ? againLatestMs : now.getTime() - requestedAt.getTime();
  return new Date(now.getTime() + Math.min(againLatestMs, Math.max(againSoonestMs, waitedMs)));
}
