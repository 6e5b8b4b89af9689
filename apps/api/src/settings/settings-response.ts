import type { AdministrationSettings as SettingsResponse } from '@koppel/contracts';
import type { Administration } from '@koppel/domain/administrations';
import { assessSettings, countMissing, type SettingsTx } from '@koppel/domain/settings';

export interface SettingsFacts {
  /** The administration that suggests and may be followed. */
  readonly first: Administration | undefined;
  readonly nextInvoiceNumber: string | null;
}

/** One administration's settings with options and suggestions. */
export async function toSettingsResponse(
  tx: SettingsTx,
  administration: Administration,
  { first, nextInvoiceNumber }: SettingsFacts,
): Promise<SettingsResponse> {
  const saved = await tx.settings.find(administration.id);
  const suggester = first && first.id !== administration.id ? first : undefined;
  const assessed = assessSettings({
    values: saved.values,
    follows: saved.follows,
    masters: await tx.settings.findMasters(administration.id),
    first: suggester
      ? {
          id: suggester.id,
          name: suggester.name,
          values: (await tx.settings.find(suggester.id)).values,
        }
      : null,
  });
  const missing = countMissing(assessed);
  return {
    administrationId: administration.id,
    administrationName: administration.name,
    fields: assessed.map((setting) => ({
      ...setting,
      options: setting.options.map(({ code, description, isBlocked }) => ({ code, description, isBlocked })),
    })),
    inheritsFrom: suggester ? { administrationId: suggester.id, administrationName: suggester.name } : null,
    code: administration.code,
    nextInvoiceNumber,
    localFields: [...administration.writePolicy.localFields],
    isComplete: missing === 0,
    missing,
    version: saved.version,
    updatedAt: saved.updatedAt?.toISOString() ?? null,
    updatedBy: saved.updatedBy,
  };
}
