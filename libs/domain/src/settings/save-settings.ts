import type { AdministrationsTx } from '../administrations/index.js';
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
import type { AdministrationSettings, SettingsTx, SettingValues } from './settings.port.js';

export interface SaveSettings {
  readonly tenantId: TenantId;
  readonly administrationId: AdministrationId;
  /** Only the settings that change; null clears one. */
  readonly values: SettingValues;
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

/** Saves what was chosen, when every changed code exists and fits; required ones may still be missing. */
export function saveSettings(
  deps: Deps<AdministrationsTx & SettingsTx>,
  command: SaveSettings,
): Promise<Outcome> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Outcome> => {
    const administration = await tx.administrations.findById(command.administrationId);
    if (!administration) return err({ kind: 'administration-unknown' });
    const current = await tx.settings.findForUpdate(administration.id);
    if (current.version !== command.version)
      return err({ kind: 'changed-meanwhile', version: current.version });

    const values = { ...current.values, ...command.values };
    const masters = await tx.settings.findMasters(administration.id);
    const invalid = assessSettings({ values, masters, first: null })
      .filter((setting) => setting.key in command.values && setting.problem !== null)
      .map((setting) => ({ key: setting.key, nl: setting.problem?.nl ?? '', en: setting.problem?.en ?? '' }));
    if (invalid.length > 0) return err({ kind: 'settings-invalid', invalid });

    const saved: AdministrationSettings = {
      administrationId: administration.id,
      values,
      version: current.version + 1,
      updatedAt: deps.now(),
      updatedBy: command.actor.name,
    };
    await tx.settings.save(saved);
    return ok(saved);
  });
}
