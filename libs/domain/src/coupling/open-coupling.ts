import type { ConnectionsTx } from '../administrations/index.js';
import { ok, type Deps, type Result, type TenantId } from '../kernel/index.js';
import type { Coupling } from './coupling.js';
import type { CouplingsTx } from './couplings.port.js';
import { lockCoupling } from './lock-coupling.js';

/** Makes the tenant's coupling when the feature is switched on (step 0). Again: what is there stays. */
export function openCoupling(
  deps: Deps<CouplingsTx & ConnectionsTx>,
  command: { readonly tenantId: TenantId },
): Promise<Result<Coupling, never>> {
  return deps.uow.run(command.tenantId, async (tx) => ok(await lockCoupling(tx, deps)));
}
