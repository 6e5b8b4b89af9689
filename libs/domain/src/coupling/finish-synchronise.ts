import type { ConnectionsTx } from '../administrations/index.js';
import type { IssuesTx } from '../issues/index.js';
import { err, type Actor, type Deps, type Result, type TenantId } from '../kernel/index.js';
import type { SyncRunsTx } from '../sync/index.js';
import type { Coupling, WrongStep } from './coupling.js';
import type { CouplingsTx } from './couplings.port.js';
import { lockCoupling, moveOn } from './lock-coupling.js';

export interface FinishStep {
  readonly tenantId: TenantId;
  readonly actor: Actor;
}

export type BlockingIssuesOpen = { readonly kind: 'blocking-issues-open'; readonly count: number };

type Finished = Result<Coupling, WrongStep | BlockingIssuesOpen>;

/** Goes on to matching (step 4): only after the run has compared everything, and with every blocking issue solved. */
export function finishSynchronise(
  deps: Deps<CouplingsTx & ConnectionsTx & SyncRunsTx & IssuesTx>,
  { tenantId, actor }: FinishStep,
): Promise<Finished> {
  return deps.uow.run(tenantId, async (tx): Promise<Finished> => {
    const coupling = await lockCoupling(tx, deps);
    const run = coupling.runId ? await tx.syncRuns.findById(coupling.runId) : undefined;
    if (coupling.step !== 'synchronise' || run?.state !== 'completed')
      return err({ kind: 'wrong-step', step: coupling.step });
    const count = await tx.issues.countOpenBlocking();
    if (count > 0) return err({ kind: 'blocking-issues-open', count });
    return moveOn(tx, deps, { coupling, on: 'synchronised', actor });
  });
}
