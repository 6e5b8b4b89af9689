import { isUsable, type ConnectionsTx } from '../administrations/index.js';
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
import { participants, type WrongStep } from './coupling.js';
import type { CouplingsTx } from './couplings.port.js';
import { lockCoupling } from './lock-coupling.js';

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
    // Before the coupling is locked, as switching on does.
    if ((await tx.syncRuns.holdSwitch()) === 'off') return err({ kind: 'feature-not-enabled' });
    const coupling = await lockCoupling(tx, deps);
    const takingPart = participants(coupling, await tx.administrations.findMany());
    const isRead = coupling.step === 'match' || coupling.step === 'settings';
    if (!isRead || takingPart.length === 0) return err({ kind: 'wrong-step', step: coupling.step });
    const usable = new Set((await tx.connections.findMany()).filter(isUsable).map((one) => one.id));
    if (!takingPart.every((one) => usable.has(one.connectionId))) return err({ kind: 'connection-broken' });
    const administrationIds = takingPart.map((one) => one.id);
    const { actor } = command;
    const opened = await openRun(tx, deps, { kind: 'resync', trigger: 'person', actor, administrationIds });
    return opened.ok ? ok({ runId: opened.value.id }) : opened;
  });
}
