import { settingKey, sharedField, type Action } from '@koppel/contracts';
import { fieldText } from '../relations/field-text.js';
import { settingText } from '../settings/setting-text.js';

type Change = Action['changes'][number];

/** What was changed, in the reader's words: a field of a relation or a setting. */
export function changedText(key: string): string {
  if (key === 'accountCreation') return $localize`:@@manage.creation:Relatie elders aanmaken`;
  const field = sharedField.safeParse(key);
  if (field.success) return fieldText(field.data);
  const setting = settingKey.safeParse(key);
  return setting.success ? settingText(setting.data) : key;
}

function creationText(value: Change['before']): string {
  if (value === 'never') return $localize`:@@manage.creationNever:nooit`;
  if (value === 'always') return $localize`:@@manage.creationAlways:altijd, zodra een contact nieuw is`;
  return $localize`:@@manage.creationFirstUse:bij het eerste gebruik daar`;
}

/** A value before or after an act; of a write policy, whom a field belongs to. */
export function valueText(kind: string, value: Change['before']): string | null {
  if (kind === 'save-account-creation') return creationText(value);
  if (kind !== 'save-write-policy') return value;
  return value === 'local'
    ? $localize`:@@changes.local:alleen in deze administratie`
    : $localize`:@@changes.shared:gedeeld`;
}
