import { ok, systemActor } from '@koppel/domain/kernel';
import { startResync } from '@koppel/domain/sync';
import { findTenantsWithDueSync, findUsableConnections } from '@koppel/persistence';
import type { Tick } from '../queues.js';
import { done, type Handled, type Services } from '../services.js';

const tenantsMax = 500;
const connectionsMax = 5_000;

/** What the schedules do: start resyncs that are due, and once a day list administrations again, which keeps consents alive too. */
export async function tick(services: Services, which: Tick): Promise<Handled> {
  await (which === 'resync' ? startDueResyncs(services) : askDaily(services));
  return done;
}

async function startDueResyncs({ database, deps, log }: Services): Promise<void> {
  for (const tenantId of await findTenantsWithDueSync(database, tenantsMax)) {
    const started = await startResync(deps, {
      tenantId,
      trigger: 'schedule',
      actor: systemActor,
      isOnlyDue: true,
    });
    // Another worker's tick may have been quicker; a broken connection waits for a person.
    if (!started.ok) log.info({ tenantId, reason: started.error.kind }, 'no resync started');
  }
}

async function askDaily({ database, deps }: Services): Promise<void> {
  for (const { tenantId, connectionId } of await findUsableConnections(database, connectionsMax)) {
    await deps.uow.run(tenantId, async (tx) => {
      await tx.outbox.add({ kind: 'keep-alive', connectionId });
      await tx.outbox.add({ kind: 'list-divisions', connectionId });
      return ok(undefined);
    });
  }
}
