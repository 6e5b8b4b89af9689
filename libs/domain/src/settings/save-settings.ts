import type { Administration, AdministrationsTx } from '../administrations/index.js';
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
import { assessSettings } from './assess-settings.js';
import { settingKeys, type SettingKey } from './setting-keys.js';
import type { AdministrationSettings, SettingsTx, SettingValues } from './settings.port.js';
import { withSettings } from './with-settings.js';

export interface SaveSettings {
  readonly tenantId: TenantId;
  readonly administrationId: AdministrationId;
  /** Only the settings that change; null clears one. What is chosen here follows nobody any more. */
  readonly values: SettingValues;
  /** Settings that take the first administration's choice, and keep doing so. They win over `values`. */
  readonly follow: readonly SettingKey[];
  readonly version: number;
  readonly actor: Actor;
}

export type SaveSettingsError =
  | { readonly kind: 'administration-unknown' }
  | { readonly kind: 'changed-meanwhile'; readonly version: number }
  | {
      readonly kind: 'settings-invalid';
      readonly invalid: readonly { readonly key: string; readonly nl: string; readonly en: string }[];
    };

type Outcome = Result<AdministrationSettings, SaveSettingsError>;
type SaveSettingsTx = AdministrationsTx & SettingsTx & ActsTx;

/**
 * Saves what was chosen, when every changed code exists and fits; required ones may still be missing. What the first
 * administration changes goes on to those that follow it, and where the new code does not fit the old one stays and follows no more.
 */
export function saveSettings(deps: Deps<SaveSettingsTx>, command: SaveSettings): Promise<Outcome> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Outcome> => {
    const coupled = withSettings(await tx.administrations.findMany());
    const administration = coupled.find(({ id }) => id === command.administrationId);
    if (!administration) return err({ kind: 'administration-unknown' });
    const current = await tx.settings.findForUpdate(administration.id);
    if (current.version !== command.version)
      return err({ kind: 'changed-meanwhile', version: current.version });

    const first = coupled[0]?.id === administration.id ? undefined : coupled[0];
    const chosen = await chosenOf(tx, { current, command, first });
    const invalid = await invalidOf(tx, { chosen, command, first });
    if (invalid.length > 0) return err({ kind: 'settings-invalid', invalid });

    const stamp = { updatedAt: deps.now(), updatedBy: command.actor.name };
    const saved: AdministrationSettings = { ...chosen, ...stamp, version: current.version + 1 };
    await tx.settings.save(saved);
    const changes = changesOf(current, saved);
    const { administrationId, actor } = command;
    if (changes.length > 0)
      await tx.acts.add(newAct(deps, { kind: 'save-settings', administrationId, facts: { changes }, actor }));
    if (!first) await passOn(tx, { saved, before: current, others: coupled.slice(1) });
    return ok(saved);
  });
}

/** What was chosen otherwise than before, by the order of the settings. */
function changesOf(before: AdministrationSettings, after: AdministrationSettings): ActChange[] {
  return settingKeys
    .map((key) => ({ key, before: before.values[key] ?? null, after: after.values[key] ?? null }))
    .filter((change) => change.before !== change.after);
}

interface Saving {
  readonly command: SaveSettings;
  /** The administration that may be followed; none for the first one itself. */
  readonly first: Administration | undefined;
}

async function chosenOf(
  tx: SettingsTx,
  { current, command, first }: Saving & { readonly current: AdministrationSettings },
): Promise<AdministrationSettings> {
  const values = { ...current.values, ...command.values };
  const own = Object.keys(command.values);
  const follows = Object.fromEntries(Object.entries(current.follows).filter(([key]) => !own.includes(key)));
  if (!first) return { ...current, values, follows };
  const followed = await tx.settings.find(first.id);
  for (const key of command.follow) {
    values[key] = followed.values[key] ?? null;
    follows[key] = first.id;
  }
  return { ...current, values, follows };
}

async function invalidOf(
  tx: SettingsTx,
  { chosen, command, first }: Saving & { readonly chosen: AdministrationSettings },
): Promise<{ key: string; nl: string; en: string }[]> {
  const nobody = {
    nl: 'er is geen eerste administratie om te volgen',
    en: 'there is no first one to follow',
  };
  if (!first && command.follow.length > 0) return command.follow.map((key) => ({ key, ...nobody }));
  const changed = new Set<string>([...Object.keys(command.values), ...command.follow]);
  const masters = await tx.settings.findMasters(chosen.administrationId);
  return assessSettings({ ...chosen, masters, first: null }).flatMap(({ key, problem }) =>
    changed.has(key) && problem ? [{ key, ...problem }] : [],
  );
}

/** In order, under the lock of the first one's settings: whoever follows sees its choices one after the other. */
async function passOn(
  tx: SettingsTx,
  change: {
    readonly saved: AdministrationSettings;
    readonly before: AdministrationSettings;
    readonly others: readonly Administration[];
  },
): Promise<void> {
  const { saved, before } = change;
  const keys = Object.keys(saved.values) as SettingKey[]; // a record of settings has no other keys
  const moved = keys.filter((key) => saved.values[key] !== before.values[key]);
  if (moved.length === 0) return;
  for (const { id } of change.others) {
    const other = await tx.settings.findForUpdate(id);
    const followed = moved.filter((key) => other.follows[key] === saved.administrationId);
    if (followed.length === 0) continue;
    const { updatedAt, updatedBy, values } = saved;
    const taken = await takeOver(tx, { other, keys: followed, values });
    await tx.settings.save({ ...taken, version: other.version + 1, updatedAt, updatedBy });
  }
}

/** The other's settings with the followed values that fit there; those that do not stay as they were and follow nobody. */
async function takeOver(
  tx: SettingsTx,
  change: {
    readonly other: AdministrationSettings;
    readonly keys: readonly SettingKey[];
    readonly values: SettingValues;
  },
): Promise<AdministrationSettings> {
  const { other, keys } = change;
  const masters = await tx.settings.findMasters(other.administrationId);
  const wanted = { ...other.values, ...Object.fromEntries(keys.map((key) => [key, change.values[key]])) };
  const misfits = assessSettings({ values: wanted, follows: {}, masters, first: null })
    .filter(({ key, problem }) => problem !== null && keys.includes(key))
    .map(({ key }) => key);
  const values = { ...wanted, ...Object.fromEntries(misfits.map((key) => [key, other.values[key]])) };
  const follows = Object.fromEntries(
    Object.entries(other.follows).filter(([key]) => !misfits.some((misfit) => misfit === key)),
  );
  return { ...other, values, follows };
}
