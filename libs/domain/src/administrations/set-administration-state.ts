import {
  err,
  ok,
  type AdministrationId,
  type Deps,
  type OutboxTx,
  type Result,
  type TenantId,
} from '../kernel/index.js';
import type { Administration, AdministrationState } from './administration.js';
import type { AdministrationsTx } from './administrations.port.js';

export type WantedState = 'active' | 'paused' | 'removed';

export interface SetAdministrationState {
  readonly tenantId: TenantId;
  readonly administrationId: AdministrationId;
  readonly state: WantedState;
  /** The version that the person saw. */
  readonly version: number;
}

export type SetAdministrationStateError =
  | { readonly kind: 'administration-unknown' }
  | { readonly kind: 'changed-meanwhile'; readonly version: number }
  | { readonly kind: 'wrong-step'; readonly state: AdministrationState };

/** What an admin may make of a state. Coupling and selecting have their own steps. */
const allowed: Readonly<Record<WantedState, readonly AdministrationState[]>> = {
  active: ['paused'],
  paused: ['active', 'access-lost'],
  removed: ['active', 'paused', 'access-lost'],
};

/**
 * Pauses, resumes or removes an administration (product.md 3.6). Removing keeps values, links and provenance; its code
 * stays reserved for ever. Asking for the state that it has is a success without effect.
 */
export function setAdministrationState(
  deps: Deps<AdministrationsTx & OutboxTx>,
  command: SetAdministrationState,
): Promise<Result<Administration, SetAdministrationStateError>> {
  type Outcome = Result<Administration, SetAdministrationStateError>;
  return deps.uow.run(command.tenantId, async (tx): Promise<Outcome> => {
    const present = await tx.administrations.findByIdForUpdate(command.administrationId);
    if (!present) return err({ kind: 'administration-unknown' });
    if (present.state === command.state) return ok(present);
    if (present.version !== command.version)
      return err({ kind: 'changed-meanwhile', version: present.version });
    if (!allowed[command.state].includes(present.state))
      return err({ kind: 'wrong-step', state: present.state });
    const nextSyncAt = command.state === 'active' ? deps.now() : null;
    const changed = { ...present, state: command.state, stateReason: null, nextSyncAt };
    await tx.administrations.save(changed);
    await tx.outbox.add({ kind: 'keep-subscriptions', administrationId: changed.id });
    return ok({ ...changed, version: present.version + 1 });
  });
}
