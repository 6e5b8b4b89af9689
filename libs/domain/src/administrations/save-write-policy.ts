import { newAct, type ActChange, type ActsTx } from '../history/index.js';
import {
  err,
  ok,
  type Actor,
  type AdministrationId,
  type Deps,
  type Result,
  type TenantId,
} from '../kernel/index.js';
import { isUncoupled, type Administration } from './administration.js';
import type { AdministrationsTx } from './administrations.port.js';
import type { WritePolicy } from './write-policy.js';

export interface SaveWritePolicy {
  readonly tenantId: TenantId;
  readonly administrationId: AdministrationId;
  readonly policy: WritePolicy;
  readonly actor: Actor;
}

export type SaveWritePolicyError = { readonly kind: 'administration-unknown' };

/**
 * Says what may be written into an administration, from now on: a write that waits already still goes. It takes no version:
 * two admins who save at once each say everything, and the later one holds.
 */
export function saveWritePolicy(
  deps: Deps<AdministrationsTx & ActsTx>,
  { tenantId, administrationId, policy, actor }: SaveWritePolicy,
): Promise<Result<Administration, SaveWritePolicyError>> {
  type Outcome = Result<Administration, SaveWritePolicyError>;
  return deps.uow.run(tenantId, async (tx): Promise<Outcome> => {
    const present = await tx.administrations.findByIdForUpdate(administrationId);
    if (!present || isUncoupled(present.state)) return err({ kind: 'administration-unknown' });
    const writePolicy = { localFields: [...new Set(policy.localFields)] };
    const saved = { ...present, writePolicy };
    await tx.administrations.save(saved);
    const changes = changesOf(present.writePolicy, writePolicy);
    if (changes.length > 0)
      await tx.acts.add(
        newAct(deps, { kind: 'save-write-policy', administrationId, facts: { changes }, actor }),
      );
    return ok({ ...saved, version: present.version + 1 });
  });
}

/** Fields that are shared from now on, and those that are local. */
function changesOf(before: WritePolicy, after: WritePolicy): ActChange[] {
  const sharing = (policy: WritePolicy, key: string) =>
    policy.localFields.some((field) => field === key) ? 'local' : 'shared';
  return [...new Set([...before.localFields, ...after.localFields])]
    .map((key) => ({ key, before: sharing(before, key), after: sharing(after, key) }))
    .filter((change) => change.before !== change.after);
}
