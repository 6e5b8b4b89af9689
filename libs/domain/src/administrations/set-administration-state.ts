import { writeFailures, type IssueCause, type IssuesTx } from '../issues/index.js';
import {
  err,
  ok,
  systemActor,
  type AdministrationId,
  type Deps,
  type OutboxTx,
  type Result,
  type TenantId,
} from '../kernel/index.js';
import type { CouplingsTx } from '../coupling/index.js';
import type { WriteIntentsTx } from '../sync/index.js';
import { isUncoupled, type Administration, type AdministrationState } from './administration.js';
import type { AdministrationsTx } from './administrations.port.js';
import { stateOnReturn } from './state-on-return.js';
import { endWrites, wakeWrites } from './wake-writes.js';

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
 * Nothing is asked of a removed administration nor written to it. Once it returns, what keeps it from being read is found out anew, and what
 * its accounts do not say of what their relations do is in the plan that the admin sees before it is active again.
 */
const endedByRemoval: readonly IssueCause[] = [
  ...writeFailures,
  'administration-forbidden',
  'right-missing',
  'no-relations-returned',
  'accounts-missing',
  'fetch-failed',
  'unexpected-answer',
  'endpoint-suspended',
  'day-limit-reached',
  'exact-silent',
];

/**
 * Pauses, resumes or removes an administration (product.md 3.6). Removing keeps values, links and provenance; its code
 * stays reserved for ever, and what kept it from being read or written is nobody's issue any more. What waits to be written there goes out
 * once it goes on; when it is removed, writes to accounts end, and those to their parts wait for the plan of its return. Asking for the state that it has is a success without effect.
 */
export function setAdministrationState(
  deps: Deps<AdministrationsTx & CouplingsTx & IssuesTx & WriteIntentsTx & OutboxTx>,
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
    const state = command.state === 'active' ? await stateOnReturn(tx, present) : command.state;
    const nextSyncAt = state === 'active' ? deps.now() : null;
    const changed = { ...present, state, stateReason: null, nextSyncAt };
    await tx.administrations.save(changed);
    const ended = { administrationId: changed.id, causes: endedByRemoval };
    if (changed.state === 'removed') await tx.issues.resolveOf(ended, deps.now(), systemActor.name);
    if (isUncoupled(changed.state)) await endWrites(tx, changed.id, deps.now());
    else if (changed.state !== 'paused') await wakeWrites(tx, [changed.id], deps.now());
    await tx.outbox.add({ kind: 'keep-subscriptions', administrationId: changed.id });
    return ok({ ...changed, version: present.version + 1 });
  });
}
