import { ok, type ConnectionId, type Deps, type TenantId } from '../kernel/index.js';
import type { IssuesTx } from '../issues/index.js';
import type { AdvanceRunTx } from './advance-run.js';
import { wakeSteps } from './steer-run.js';

/** After a reconnect: closes its issue and goes on with what waited for it, from the pages where it stopped (E01, E03). */
export async function wakeConnection(
  deps: Deps<AdvanceRunTx & IssuesTx>,
  command: { readonly tenantId: TenantId; readonly connectionId: ConnectionId },
): Promise<void> {
  await deps.uow.run(command.tenantId, async (tx) => {
    const now = deps.now();
    await tx.issues.resolve([`connection-broken:${command.connectionId}`], now, 'Koppel');
    const open = await tx.syncRuns.findOpen();
    const run = open && (await tx.syncRuns.findByIdForUpdate(open.id));
    if (run?.state === 'fetching' && run.pausedAt === null)
      await wakeSteps(tx, { run, now, isWoken: (step) => step.waitReason === 'reconnect' });
    return ok(undefined);
  });
}
