import type { AdministrationSettings as SettingsResponse } from '@koppel/contracts';
import type { Administration } from '@koppel/domain/administrations';
import { assessSettings, countMissing, type SettingsTx } from '@koppel/domain/settings';

/** One administration's settings with options and suggestions; `first` is the administration that suggests. */
export async function toSettingsResponse(
  tx: SettingsTx,
  administration: Administration,
  first: Administration | undefined,
): Promise<SettingsResponse> {
  const saved = await tx.settings.find(administration.id);
  const suggester = first && first.id !== administration.id ? first : undefined;
  const assessed = assessSettings({
    values: saved.values,
    masters: await tx.settings.findMasters(administration.id),
    first: suggester ? { name: suggester.name, values: (await tx.settings.find(suggester.id)).values } : null,
  });
  const missing = countMissing(assessed);
  return {
    administrationId: administration.id,
    administrationName: administration.name,
    fields: assessed.map((setting) => ({
      ...setting,
      options: setting.options.map(({ code, description, isBlocked }) => ({ code, description, isBlocked })),
    })),
    isComplete: missing === 0,
    missing,
    version: saved.version,
    updatedAt: saved.updatedAt?.toISOString() ?? null,
    updatedBy: saved.updatedBy,
  };
}

/** The administrations that have settings: everything coupled or being coupled. */
export function withSettings(administrations: readonly Administration[]): Administration[] {
  return administrations.filter(({ state }) => state !== 'available' && state !== 'removed');
}
