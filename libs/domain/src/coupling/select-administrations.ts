import type {
  Administration,
  AdministrationsTx,
  ConnectionsTx,
  UnavailableReason,
} from '../administrations/index.js';
import {
  err,
  ok,
  type Actor,
  type AdministrationId,
  type Deps,
  type Result,
  type TenantId,
} from '../kernel/index.js';
import { isAdding, type Coupling, type WrongStep } from './coupling.js';
import type { CouplingsTx } from './couplings.port.js';
import { lockCoupling, moveOn } from './lock-coupling.js';

export interface SelectAdministrations {
  readonly tenantId: TenantId;
  readonly actor: Actor;
  /** All that shall take part, in order; the first is the one that settings are suggested from. */
  readonly administrationIds: readonly AdministrationId[];
}

export type SelectAdministrationsError =
  | WrongStep
  | { readonly kind: 'administration-unknown'; readonly administrationId: AdministrationId }
  | {
      readonly kind: 'administration-unavailable';
      readonly administrationId: AdministrationId;
      readonly reason: UnavailableReason;
    };

export type SelectAdministrationsTx = AdministrationsTx & ConnectionsTx & CouplingsTx;
type Selected = Result<Coupling, SelectAdministrationsError>;

/**
 * Replaces the selection (step 2). Administrations that take part already stay as they are; a removed one may come back,
 * with the code it had. An active coupling begins an addition; selecting nothing new there ends it again.
 */
export function selectAdministrations(
  deps: Deps<SelectAdministrationsTx>,
  command: SelectAdministrations,
): Promise<Selected> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Selected> => {
    const coupling = await lockCoupling(tx, deps);
    const all = await tx.administrations.findManyForUpdate();
    const refusal = refusalOf(command.administrationIds, all);
    if (refusal) return err(refusal);
    const changes = changesOf(command.administrationIds, all, deps.now());
    const selected = changes.filter((one) => one.state === 'selected').length;
    if (selected === 0 && coupling.step === 'active') return ok(coupling);
    const on = selected === 0 && isAdding(coupling) ? 'unselected' : 'selected';
    const moved = await moveOn(tx, deps, { coupling, on, actor: command.actor, detail: { selected } });
    if (!moved.ok) return moved;
    for (const one of changes) await tx.administrations.save(one);
    return moved;
  });
}

const selectable = new Set<Administration['state']>(['available', 'removed', 'selected']);

function refusalOf(
  ids: readonly AdministrationId[],
  all: readonly Administration[],
): SelectAdministrationsError | undefined {
  for (const administrationId of ids) {
    const administration = all.find((one) => one.id === administrationId);
    if (!administration) return { kind: 'administration-unknown', administrationId };
    const reason = administration.unavailableReason;
    if (reason && selectable.has(administration.state))
      return { kind: 'administration-unavailable', administrationId, reason };
  }
  return undefined;
}

/** Ticked ones become selected, at the end of the order; unticked ones go back to where they came from. */
function changesOf(
  ids: readonly AdministrationId[],
  all: readonly Administration[],
  now: Date,
): Administration[] {
  const wanted = [...new Set(ids)];
  const fixed = all.filter((one) => !selectable.has(one.state));
  let position = Math.max(0, ...fixed.map((one) => one.position));
  const ticked = wanted.flatMap((id): Administration[] => {
    const one = all.find((each) => each.id === id);
    if (!one || !selectable.has(one.state)) return [];
    position += 1;
    const selectedAt = one.state === 'selected' ? one.selectedAt : now;
    return [{ ...one, state: 'selected', stateReason: null, position, selectedAt }];
  });
  const unticked = all
    .filter((one) => one.state === 'selected' && !wanted.includes(one.id))
    .map((one): Administration => {
      const state = one.activatedAt ? 'removed' : 'available';
      return { ...one, state, position: 0, selectedAt: null };
    });
  return [...ticked, ...unticked];
}
