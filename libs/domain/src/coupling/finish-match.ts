import type { ConnectionsTx } from '../administrations/index.js';
import type { Deps, Result } from '../kernel/index.js';
import type { Coupling, WrongStep } from './coupling.js';
import type { CouplingsTx } from './couplings.port.js';
import type { FinishStep } from './finish-synchronise.js';
import { lockCoupling, moveOn } from './lock-coupling.js';

/** Goes on to settings (step 5). What is undecided stays open and apart; it can be decided at any later time. */
export function finishMatch(
  deps: Deps<CouplingsTx & ConnectionsTx>,
  { tenantId, actor }: FinishStep,
): Promise<Result<Coupling, WrongStep>> {
  return deps.uow.run(tenantId, async (tx) =>
    moveOn(tx, deps, { coupling: await lockCoupling(tx, deps), on: 'matched', actor }),
  );
}
