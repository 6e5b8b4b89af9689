import type { AdministrationSettings, SettingKey } from '@koppel/contracts';

export type SettingField = AdministrationSettings['fields'][number];
export type Draft = Readonly<Partial<Record<SettingKey, string | null>>>;

/** What a field holds: as drafted, else as saved. */
export const valueOf = (field: SettingField, draft: Draft): string | null => {
  const drafted = draft[field.key];
  return drafted === undefined ? field.value : drafted;
};

/** The draft with one value set; setting what is saved already is no change. */
export function withValue(draft: Draft, field: SettingField, value: string | null): Draft {
  const { [field.key]: _before, ...rest } = draft;
  return value === field.value ? rest : { ...rest, [field.key]: value };
}

/** Fields that are empty and have a suggestion: what "accept all" fills in. It never replaces a choice. */
export function openSuggestions(settings: AdministrationSettings, draft: Draft): readonly SettingField[] {
  return settings.fields.filter((field) => field.suggestion !== null && valueOf(field, draft) === null);
}

export function acceptSuggestions(settings: AdministrationSettings, draft: Draft): Draft {
  return openSuggestions(settings, draft).reduce(
    (filled, field) => withValue(filled, field, field.suggestion),
    draft,
  );
}

/** How many required fields are still empty. */
export function missingIn(settings: AdministrationSettings, draft: Draft): number {
  return settings.fields.filter((field) => field.isRequired && valueOf(field, draft) === null).length;
}

/** "70 · Verkoopboek" for a code, or the code alone when Exact no longer has it. */
export function optionText(field: Pick<SettingField, 'options'>, code: string | null): string {
  if (code === null) return '';
  const option = field.options.find((each) => each.code === code);
  return option ? `${option.code} · ${option.description}` : code;
}

export interface CopyRow {
  readonly key: SettingKey;
  readonly from: string | null;
  readonly to: string | null;
  readonly text: string;
  /** A code can be copied only to an administration that has it, unblocked. */
  readonly isPossible: boolean;
}

/** What copying would change in another administration: only filled values that differ. */
export function copyPreview(from: AdministrationSettings, to: AdministrationSettings): readonly CopyRow[] {
  return from.fields.flatMap((field) => {
    const target = to.fields.find((each) => each.key === field.key);
    if (!target || field.value === null || field.value === target.value) return [];
    const option = target.options.find((each) => each.code === field.value);
    return [
      {
        key: field.key,
        from: target.value,
        to: field.value,
        text: optionText(field, field.value),
        isPossible: option !== undefined && !option.isBlocked,
      },
    ];
  });
}
