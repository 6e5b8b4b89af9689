import { newAct, type ActsTx } from '../history/index.js';
import type { ConnectionsTx } from '../administrations/index.js';
import {
  ok,
  type AccountCreation,
  type Actor,
  type Deps,
  type Result,
  type TenantId,
} from '../kernel/index.js';
import type { Coupling } from './coupling.js';
import type { CouplingsTx } from './couplings.port.js';
import { lockCoupling } from './lock-coupling.js';

/**
 * Says when Koppel makes accounts in administrations that lack one (product.md 3.4). What waits because they were always made ends when its turn
 * comes and they are not any more; what somebody needs still goes, unless none are made.
 */
export function setAccountCreation(
  deps: Deps<CouplingsTx & ConnectionsTx & ActsTx>,
  command: { readonly tenantId: TenantId; readonly accountCreation: AccountCreation; readonly actor: Actor },
): Promise<Result<Coupling, never>> {
  const { accountCreation, actor } = command;
  return deps.uow.run(command.tenantId, async (tx) => {
    const coupling = await lockCoupling(tx, deps);
    if (coupling.accountCreation === accountCreation) return ok(coupling);
    const changed = { ...coupling, accountCreation };
    await tx.couplings.save(changed);
    const changes = [{ key: 'accountCreation', before: coupling.accountCreation, after: accountCreation }];
    const what = { kind: 'save-account-creation', administrationId: null, facts: { changes } } as const;
    await tx.acts.add(newAct(deps, { ...what, actor }));
    return ok({ ...changed, version: coupling.version + 1 });
  });
}
