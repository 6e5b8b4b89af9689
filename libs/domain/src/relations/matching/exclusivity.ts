import { isTypo } from './edit-distance.js';
import type { Features } from './features.js';
import { groupWordsOf, nothingLearnt, type LearntModel } from './learnt-model.js';
import type { MatchContext, MatchRecord, SharedKind } from './match-record.js';
import type { RecordTable } from './record-table.js';
import { regroup } from './regroup.js';
import { relationRules } from './rules/relation-rules.js';
import { forEachIban, sharedSlots } from './sharing.js';

export { sharedByTooMany } from './shared-by-too-many.js';

export interface SharedValue {
  readonly kind: SharedKind;
  readonly value: string;
  readonly stem: string;
}

const sharedPrefixes: Readonly<Record<SharedKind, string>> = {
  phone: 'phone',
  mail: 'mail',
  domain: 'dom',
  iban: 'iban',
  address: 'addr',
  kvk: 'kvk',
};

/** The values of a record that others may share, in comparison spelling, with the record's name stem. */
export function sharedValues(record: MatchRecord, learnt: LearntModel = nothingLearnt): SharedValue[] {
  const features = relationRules.toFeatures(record);
  regroup(features, groupWordsOf(learnt));
  return sharedValuesOf(features);
}

/** As `sharedValues`, for a record that is normalised already. */
export function sharedValuesOf(features: Features): SharedValue[] {
  const stem = features.names[0]?.stem ?? '';
  const values: SharedValue[] = features.ibans.map((value) => ({ kind: 'iban', value, stem }));
  if (features.phone) values.push({ kind: 'phone', value: features.phone, stem });
  if (features.email) values.push({ kind: 'mail', value: features.email, stem });
  if (features.domain) values.push({ kind: 'domain', value: features.domain, stem });
  if (features.addressKey) values.push({ kind: 'address', value: features.addressKey, stem });
  if (features.kvk) values.push({ kind: 'kvk', value: features.kvk, stem });
  return values;
}

/** One text for a shared value, as a key for maps and tables. */
export function sharedKey(kind: SharedKind, value: string): string {
  return `${sharedPrefixes[kind]}:${value}`;
}

const comparedMax = 24;

/**
 * How many really different names there are among stems: spellings of one name (a typo, a word more or less, initials)
 * count once. Beyond 24 the exact number no longer matters and every further stem counts.
 */
export function countStems(stems: Iterable<string>): number {
  const distinct = [...new Set(stems)]
    .filter((stem) => stem !== '')
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const kept: string[][] = [];
  for (const stem of distinct.slice(0, comparedMax)) {
    const words = stem.split(' ');
    if (!kept.some((other) => isSpellingOf(words, other))) kept.push(words);
  }
  return kept.length + Math.max(0, distinct.length - comparedMax);
}

// Group words (~holding) and numerals (#2) are words of a stem and make it another one.
function isSpellingOf(words: readonly string[], longer: readonly string[]): boolean {
  if (words.filter(isMark).join() !== longer.filter(isMark).join()) return false;
  const rest = words.filter((word) => !isMark(word));
  return (
    rest.every((word) =>
      longer.some((other) => word === other || isTypo(word, other) || isInitialOf(word, other)),
    ) || rest.join('') === longer.filter((word) => !isMark(word)).join('')
  );
}

function isMark(word: string): boolean {
  return word.startsWith('~') || word.startsWith('#');
}

function isInitialOf(word: string, other: string): boolean {
  return word.length === 1 && other.startsWith(word);
}

/** Writes into a record's features how many stems use each of its values. */
export function applyShared(
  features: Features,
  stemsUsing: NonNullable<MatchContext['stemsUsing']>,
): Features {
  const ask = (kind: SharedKind, value: string | null): number =>
    value === null ? 1 : stemsUsing(kind, value);
  features.shared = {
    phone: ask('phone', features.phone),
    mail: ask('mail', features.email),
    domain: ask('domain', features.domain),
    address: ask('address', features.addressKey),
    kvk: ask('kvk', features.kvk),
    ibans: features.ibans.map((iban) => ask('iban', iban)),
  };
  return features;
}

/** As `applyShared`, for all records of a table. */
export function applySharedToAll(
  table: RecordTable,
  stemsUsing: NonNullable<MatchContext['stemsUsing']>,
): void {
  for (let r = 0; r < table.length; r++) {
    for (const kind of ['phone', 'mail', 'domain', 'address', 'kvk'] as const) {
      const value = table.valueOf(r, sharedSlots[kind].value);
      if (value !== 0)
        table.setValue(r, sharedSlots[kind].stems, stemsUsing(kind, table.texts.textOf(value)));
    }
    forEachIban(table, r, (iban) => {
      if (iban !== 0) table.ibanStems.set(iban, stemsUsing('iban', table.texts.textOf(iban)));
    });
  }
}
