import type { Text } from '../issues/index.js';
import type { Master } from './master.js';
import { settingKeys, settingRules, type SettingKey } from './setting-keys.js';
import type { AdministrationId } from '../kernel/index.js';
import type { Following, SettingValues } from './settings.port.js';

/** One setting with what can be chosen, what is suggested and what is wrong. */
export interface AssessedSetting {
  readonly key: SettingKey;
  readonly isRequired: boolean;
  readonly value: string | null;
  /** Kept equal to the first administration's choice until somebody chooses here. */
  readonly isInherited: boolean;
  /** The first administration's choice as it is called here; null when it made none, or this administration lacks it. */
  readonly inheritable: string | null;
  readonly suggestion: string | null;
  readonly suggestionReason: Text | null;
  readonly problem: Text | null;
  readonly options: readonly Master[];
}

export interface AssessInput {
  readonly values: SettingValues;
  readonly follows: Following;
  readonly masters: readonly Master[];
  /** The first administration's choices; null for the first administration itself. */
  readonly first: {
    readonly id: AdministrationId;
    readonly name: string;
    readonly values: SettingValues;
  } | null;
}

/** Every setting with its options and a suggestion: as in the first administration, the usual code, or the only one. */
export function assessSettings(input: AssessInput): AssessedSetting[] {
  return settingKeys.map((key) => {
    const rule = settingRules[key];
    const options = input.masters.filter((master) => master.kind === rule.master && rule.fits(master));
    const value = input.values[key] ?? null;
    return {
      key,
      isRequired: rule.isRequired,
      value,
      isInherited: input.first !== null && input.follows[key] === input.first.id,
      inheritable: inheritableOf(options, input.first?.values[key] ?? null)?.code ?? null,
      ...suggest(key, options, input.first),
      problem: problemOf(value, rule.master, { options, masters: input.masters }),
      options,
    };
  });
}

/** How many required settings are not chosen, or chosen wrongly. */
export function countMissing(assessed: readonly AssessedSetting[]): number {
  return assessed.filter(
    (setting) => (setting.isRequired && setting.value === null) || setting.problem !== null,
  ).length;
}

function suggest(
  key: SettingKey,
  options: readonly Master[],
  first: AssessInput['first'],
): { suggestion: string | null; suggestionReason: Text | null } {
  const free = options.filter((option) => !option.isBlocked);
  const asFirst = inheritableOf(options, first?.values[key] ?? null);
  if (asFirst && first)
    return {
      suggestion: asFirst.code,
      suggestionReason: { nl: `zoals in ${first.name}`, en: `as in ${first.name}` },
    };
  const { prefers, usualCodes } = settingRules[key];
  const meant = prefers && free.find(prefers);
  if (meant)
    return {
      suggestion: meant.code,
      suggestionReason: { nl: 'het algemene tarief', en: 'the general rate' },
    };
  const usual = usualCodes.map((code) => findCode(free, code)).find((option) => option);
  if (usual)
    return { suggestion: usual.code, suggestionReason: { nl: 'gebruikelijke code', en: 'the usual code' } };
  const [only, second] = free;
  if (only && !second && settingRules[key].isRequired)
    return {
      suggestion: only.code,
      suggestionReason: { nl: 'de enige mogelijkheid', en: 'the only possibility' },
    };
  return { suggestion: null, suggestionReason: null };
}

function inheritableOf(options: readonly Master[], code: string | null): Master | undefined {
  return findCode(
    options.filter((option) => !option.isBlocked),
    code,
  );
}

function problemOf(
  value: string | null,
  kind: Master['kind'],
  known: { options: readonly Master[]; masters: readonly Master[] },
): Text | null {
  if (value === null) return null;
  const fitting = findCode(known.options, value);
  if (fitting?.isBlocked)
    return { nl: `${value} is geblokkeerd in Exact`, en: `${value} is blocked in Exact` };
  if (fitting) return null;
  const elsewhere = findCode(
    known.masters.filter((master) => master.kind === kind),
    value,
  );
  return elsewhere
    ? {
        nl: `${value} (${elsewhere.description}) past hier niet`,
        en: `${value} (${elsewhere.description}) does not fit here`,
      }
    : { nl: `${value} bestaat niet in Exact`, en: `${value} does not exist in Exact` };
}

/** By code, without regard to case and padding: Exact pads codes to a width (exact-online.md 3.5). */
function findCode(masters: readonly Master[], code: string | null): Master | undefined {
  const wanted = code?.trim().toLowerCase();
  return masters.find((master) => master.code.trim().toLowerCase() === wanted);
}
