import type { Administration, AdministrationsTx, ConnectionsTx } from '../administrations/index.js';
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
import { isAdding, type Coupling, type WrongStep } from './coupling.js';
import type { CouplingsTx } from './couplings.port.js';
import { moveOn } from './lock-coupling.js';
import { areReachable, lockForRun } from './lock-for-run.js';

export interface ConfirmCoupling {
  readonly tenantId: TenantId;
  readonly actor: Actor;
  /** The words that the person saw and confirmed. */
  readonly text: string;
}

export type ConfirmCouplingError =
  | WrongStep
  | {
      readonly kind: 'configuration-incomplete';
      readonly missing: readonly string[];
    }
  | { readonly kind: 'connection-broken' }
  | Extract<OpenRunError, { kind: 'sync-already-running' | 'feature-not-enabled' }>;

export type ConfirmCouplingTx = CouplingsTx & ConnectionsTx & OpenRunTx;
type Confirmed = Result<{ readonly runId: SyncRunId }, ConfirmCouplingError>;

/**
 * Records the confirmation, freezes editing of contacts and starts fetching and comparing (step 3c). Twice, by whomever:
 * one run, and the second hears which (J01). After a run that failed or was cancelled it starts a new one.
 */
export function confirmCoupling(deps: Deps<ConfirmCouplingTx>, command: ConfirmCoupling): Promise<Confirmed> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Confirmed> => {
    const locked = await lockForRun(tx, deps);
    if (!locked.ok) return locked;
    const { coupling, takingPart } = locked.value;
    const going = await goingRun(tx, coupling);
    if (going) return err({ kind: 'sync-already-running', syncRunId: going });
    const refusal = await refusalOf(tx, coupling, takingPart);
    if (refusal) return err(refusal);
    return start(tx, deps, { coupling, takingPart, command });
  });
}

async function goingRun(tx: ConfirmCouplingTx, coupling: Coupling): Promise<SyncRunId | undefined> {
  if (coupling.step !== 'synchronise' || !coupling.runId) return undefined;
  const run = await tx.syncRuns.findById(coupling.runId);
  return run && run.state !== 'failed' && run.state !== 'cancelled' ? run.id : undefined;
}

async function refusalOf(
  tx: ConnectionsTx,
  coupling: Coupling,
  takingPart: readonly Administration[],
): Promise<ConfirmCouplingError | undefined> {
  if (coupling.step !== 'configure' && coupling.step !== 'synchronise')
    return { kind: 'wrong-step', step: coupling.step };
  const missing = [
    ...(coupling.contactHandling ? [] : ['contactHandling']),
    ...(takingPart.some((one) => one.state !== 'active') ? [] : ['administrations']),
    ...takingPart.filter((one) => one.code === null).map((one) => `code:${one.id}`),
    ...takingPart.filter((one) => one.unavailableReason !== null).map((one) => `access:${one.id}`),
  ];
  if (missing.length > 0) return { kind: 'configuration-incomplete', missing };
  return (await areReachable(tx, takingPart)) ? undefined : { kind: 'connection-broken' };
}

interface Start {
  readonly coupling: Coupling;
  readonly takingPart: readonly Administration[];
  readonly command: ConfirmCoupling;
}

async function start(
  tx: ConfirmCouplingTx,
  deps: Deps<ConfirmCouplingTx>,
  { coupling, takingPart, command }: Start,
): Promise<Confirmed> {
  const { actor, text } = command;
  const administrationIds = takingPart.map((one) => one.id);
  const kind = isAdding(coupling) ? 'addition' : 'initial';
  const opened = await openRun(tx, deps, { kind, trigger: 'person', actor, administrationIds });
  if (!opened.ok) {
    if (opened.error.kind !== 'administration-unknown') return err(opened.error);
    return err({ kind: 'configuration-incomplete', missing: ['administrations'] });
  }
  await beginCoupling(tx, takingPart);
  const runId = opened.value.id;
  const isFirst = coupling.step === 'configure';
  const confirmation = { by: actor.id, byName: actor.name, at: deps.now(), text };
  const confirmed = { ...coupling, runId, confirmation: isFirst ? confirmation : coupling.confirmation };
  const on = isFirst ? 'confirmed' : 'restarted';
  const moved = await moveOn(tx, deps, { coupling: confirmed, on, actor, detail: { runId, text } });
  return moved.ok ? ok({ runId }) : moved;
}

/** After the run, and by id, as all lock them. */
async function beginCoupling(tx: AdministrationsTx, takingPart: readonly Administration[]): Promise<void> {
  for (const id of takingPart.map((one) => one.id).toSorted()) {
    const one = await tx.administrations.findByIdForUpdate(id);
    if (one?.state === 'selected') await tx.administrations.save({ ...one, state: 'coupling' });
  }
}
