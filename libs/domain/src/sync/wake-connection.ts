import { ok, type ConnectionId, type Deps, type TenantId } from '../kernel/index.js';
import { wakeWrites, type AdministrationsTx } from '../administrations/index.js';
import type { IssuesTx } from '../issues/index.js';
import type { AdvanceRunTx } from './advance-run.js';
import type { SyncStep } from './sync-step.js';
import { lockOpenRuns } from './lock-open-runs.js';
import { wakeSteps } from './steer-run.js';
import type { WriteIntentsTx } from './write-intents.port.js';

/** A token that Exact refused before its time is waited for as any fault, since only a refresh tells whether it is dead. */
const mayHaveWaitedForIt = new Set<SyncStep['waitReason']>(['reconnect', 'retry']);

/**
 * After a reconnect: closes its issue and goes on with what waited for it, from the pages where it stopped (E01, E03). What stood aside for
 * it, or happened meanwhile, the next resync brings: it is due at once.
 */
export async function wakeConnection(
  deps: Deps<AdvanceRunTx & IssuesTx & AdministrationsTx & WriteIntentsTx>,
  command: { readonly tenantId: TenantId; readonly connectionId: ConnectionId },
): Promise<void> {
  await deps.uow.run(command.tenantId, async (tx) => {
    const now = deps.now();
    for (const run of await lockOpenRuns(tx))
      if (run.state !== 'comparing' && run.pausedAt === null)
        await wakeSteps(tx, { run, now, isWoken: (step) => mayHaveWaitedForIt.has(step.waitReason) });
    const own = (await tx.administrations.findMany())
      .filter(({ connectionId }) => connectionId === command.connectionId)
      .map(({ id }) => id)
      .toSorted();
    for (const id of own) {
      const one = await tx.administrations.findByIdForUpdate(id);
      if (one?.state === 'active') await tx.administrations.save({ ...one, nextSyncAt: now });
    }
    await wakeWrites(tx, own, now);
    await tx.issues.resolve([`connection-broken:${command.connectionId}`], now, 'Koppel');
    return ok(undefined);
  });
}
