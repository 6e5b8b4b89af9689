import type { ConnectionsTx } from '../administrations/index.js';
import {
  err,
  ok,
  type Actor,
  type Deps,
  type Result,
  type SyncRunId,
  type TenantId,
} from '../kernel/index.js';
import { openRun, type OpenRunError, type OpenRunTx } from '../sync/index.js';
import type { WrongStep } from './coupling.js';
import type { CouplingsTx } from './couplings.port.js';
import { areReachable, lockForRun } from './lock-for-run.js';

export interface ReadChanges {
  readonly tenantId: TenantId;
  readonly actor: Actor;
}

export type ReadChangesError = WrongStep | OpenRunError | { readonly kind: 'connection-broken' };
export type ReadChangesTx = CouplingsTx & ConnectionsTx & OpenRunTx;
type Started = Result<{ readonly runId: SyncRunId }, ReadChangesError>;

/**
 * Reads what changed in Exact since the administrations of this coupling, or of this addition, were read, while they are not active yet
 * (product.md 3.16): only the relations that it touches are compared again, and nothing is written. Answers the run.
 */
export function readChanges(deps: Deps<ReadChangesTx>, command: ReadChanges): Promise<Started> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Started> => {
    const locked = await lockForRun(tx, deps);
    if (!locked.ok) return locked;
    const { coupling, takingPart } = locked.value;
    const isRead = coupling.step === 'match' || coupling.step === 'settings';
    if (!isRead || takingPart.length === 0) return err({ kind: 'wrong-step', step: coupling.step });
    if (!(await areReachable(tx, takingPart))) return err({ kind: 'connection-broken' });
    const administrationIds = takingPart.map((one) => one.id);
    const { actor } = command;
    const opened = await openRun(tx, deps, { kind: 'resync', trigger: 'person', actor, administrationIds });
    return opened.ok ? ok({ runId: opened.value.id }) : opened;
  });
}
