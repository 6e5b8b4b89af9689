import { isUsable, type Administration, type ConnectionsTx } from '../administrations/index.js';
import { err, ok, type Result } from '../kernel/index.js';
import type { OpenRunTx } from '../sync/index.js';
import { participants, type Coupling } from './coupling.js';
import type { CouplingsTx } from './couplings.port.js';
import { lockCoupling } from './lock-coupling.js';

export interface LockedForRun {
  readonly coupling: Coupling;
  /** The administrations that a run of this coupling, or of this addition, is about. */
  readonly takingPart: readonly Administration[];
}

/** The coupling, locked for whoever starts a run of it. */
export async function lockForRun(
  tx: CouplingsTx & ConnectionsTx & OpenRunTx,
  chance: { readonly now: () => Date; readonly newId: () => string },
): Promise<Result<LockedForRun, { readonly kind: 'feature-not-enabled' }>> {
  // Before the coupling is locked, as switching on does.
  if ((await tx.syncRuns.holdSwitch()) === 'off') return err({ kind: 'feature-not-enabled' });
  const coupling = await lockCoupling(tx, chance);
  return ok({ coupling, takingPart: participants(coupling, await tx.administrations.findMany()) });
}

/** Whether Exact can be asked about each of them. */
export async function areReachable(
  tx: ConnectionsTx,
  administrations: readonly Pick<Administration, 'connectionId'>[],
): Promise<boolean> {
  const usable = new Set((await tx.connections.findMany()).filter(isUsable).map((one) => one.id));
  return administrations.every((one) => usable.has(one.connectionId));
}
