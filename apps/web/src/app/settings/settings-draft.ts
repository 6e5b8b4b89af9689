import type { AdministrationSettings, SettingKey, SharedField } from '@koppel/contracts';

export type SettingField = AdministrationSettings['fields'][number];

/** What a setting holds, and whether it goes along with the first administration. */
export interface Choice {
  readonly value: string | null;
  readonly follows: boolean;
}
export type Draft = Readonly<Partial<Record<SettingKey, Choice>>>;

/** What a field holds: as drafted, else as saved. */
export const choiceOf = (field: SettingField, draft: Draft): Choice =>
  draft[field.key] ?? { value: field.value, follows: field.isInherited };

/** The draft with one choice made; choosing what is saved already is no change. */
export function withChoice(draft: Draft, field: SettingField, choice: Choice): Draft {
  const { [field.key]: _before, ...rest } = draft;
  const isSaved = choice.value === field.value && choice.follows === field.isInherited;
  return isSaved ? rest : { ...rest, [field.key]: choice };
}

/** A suggestion that is the first administration's own choice goes along with it from then on. */
export const suggestedChoice = (field: SettingField): Choice => ({
  value: field.suggestion,
  follows: field.suggestion !== null && field.suggestion === field.inheritable,
});

/** Fields that are empty and have a suggestion: what "accept all" fills in. It never replaces a choice. */
export function openSuggestions(settings: AdministrationSettings, draft: Draft): readonly SettingField[] {
  return settings.fields.filter(
    (field) => field.suggestion !== null && choiceOf(field, draft).value === null,
  );
}

export function acceptSuggestions(settings: AdministrationSettings, draft: Draft): Draft {
  return openSuggestions(settings, draft).reduce(
    (filled, field) => withChoice(filled, field, suggestedChoice(field)),
    draft,
  );
}

/** Whether anything of these settings was changed and not saved. */
export const isTouched = (keys: readonly SettingKey[], draft: Draft): boolean =>
  keys.some((key) => draft[key] !== undefined);

/** How many of the fields are required and still empty, or hold what Exact refuses. */
export function missingIn(fields: readonly SettingField[], draft: Draft): number {
  return fields.filter((field) => {
    const { value } = choiceOf(field, draft);
    return (field.isRequired && value === null) || (value === field.value && field.problem !== null);
  }).length;
}

/** What is sent of a draft. */
export function toChange(draft: Draft): {
  readonly values: Partial<Record<SettingKey, string | null>>;
  readonly follow: SettingKey[];
} {
  const entries = Object.entries(draft) as [SettingKey, Choice][]; // a draft has no other keys
  const own = entries.filter(([, choice]) => !choice.follows);
  return {
    values: Object.fromEntries(own.map(([key, { value }]) => [key, value])),
    follow: entries.filter(([, choice]) => choice.follows).map(([key]) => key),
  };
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

/** The fields that the other administration would keep to itself after copying; undefined when it does already. */
export function copiedFields(
  from: AdministrationSettings,
  to: AdministrationSettings,
): readonly SharedField[] | undefined {
  const isSame =
    from.localFields.length === to.localFields.length &&
    from.localFields.every((field) => to.localFields.includes(field));
  return isSame ? undefined : from.localFields;
}
