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
import { isUncoupled, type AdministrationsTx, type WritePolicy } from '../administrations/index.js';
import type { AdministrationSettings, SettingsTx } from './settings.port.js';

export interface SaveWritePolicy {
  readonly tenantId: TenantId;
  readonly administrationId: AdministrationId;
  readonly policy: WritePolicy;
  /** Of the settings that the person saw it with. */
  readonly version: number;
  readonly actor: Actor;
}

export type SaveWritePolicyError =
  | { readonly kind: 'administration-unknown' }
  | { readonly kind: 'changed-meanwhile'; readonly version: number };

/**
 * Says what may be written into an administration, from now on: a write that waits already still goes. It is a part of the settings: who
 * saw others than there are now, saves none.
 */
export function saveWritePolicy(
  deps: Deps<AdministrationsTx & SettingsTx & ActsTx>,
  { tenantId, administrationId, policy, version, actor }: SaveWritePolicy,
): Promise<Result<AdministrationSettings, SaveWritePolicyError>> {
  type Outcome = Result<AdministrationSettings, SaveWritePolicyError>;
  return deps.uow.run(tenantId, async (tx): Promise<Outcome> => {
    const present = await tx.administrations.findByIdForUpdate(administrationId);
    if (!present || isUncoupled(present.state)) return err({ kind: 'administration-unknown' });
    const current = await tx.settings.findForUpdate(administrationId);
    if (current.version !== version) return err({ kind: 'changed-meanwhile', version: current.version });
    const writePolicy = { localFields: [...new Set(policy.localFields)] };
    await tx.administrations.save({ ...present, writePolicy });
    const stamp = { updatedAt: deps.now(), updatedBy: actor.name };
    const saved = { ...current, ...stamp, version: current.version + 1 };
    await tx.settings.save(saved);
    const changes = changesOf(present.writePolicy, writePolicy);
    if (changes.length > 0)
      await tx.acts.add(
        newAct(deps, { kind: 'save-write-policy', administrationId, facts: { changes }, actor }),
      );
    return ok(saved);
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
