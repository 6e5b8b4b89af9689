import type { AdministrationsTx, ConnectionsTx } from '../administrations/index.js';
import { ok, type Deps, type Result, type TenantId } from '../kernel/index.js';
import type { Coupling } from './coupling.js';
import type { CouplingsTx } from './couplings.port.js';
import { lockCoupling } from './lock-coupling.js';

/** How often every administration is resynced. A shorter interval counts at once, for syncs that are planned already too. */
export function setResyncInterval(
  deps: Deps<CouplingsTx & ConnectionsTx & AdministrationsTx>,
  command: { readonly tenantId: TenantId; readonly minutes: number },
): Promise<Result<Coupling, never>> {
  return deps.uow.run(command.tenantId, async (tx) => {
    const coupling = await lockCoupling(tx, deps);
    const changed = { ...coupling, resyncMinutes: command.minutes };
    await tx.couplings.save(changed);
    const latest = new Date(deps.now().getTime() + command.minutes * 60_000);
    for (const one of await tx.administrations.findManyForUpdate()) {
      if (one.state === 'active' && one.nextSyncAt && one.nextSyncAt > latest)
        await tx.administrations.save({ ...one, nextSyncAt: latest });
    }
    return ok({ ...changed, version: changed.version + 1 });
  });
}
