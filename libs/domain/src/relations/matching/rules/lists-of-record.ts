import type { MatchRecord } from '../match-record.js';
import { normaliseNames, type NormalisedName } from '../normalise-name.js';

/** The names of a record: its own first, then trade names and former names. */
export function namesOf(record: MatchRecord, city: string): readonly NormalisedName[] {
  const kind = record.kind ?? null;
  const names = normaliseNames(record.name, city, kind);
  if (!record.tradeName) return names;
  const known = new Set(names.map((name) => name.stem));
  return [...names, ...normaliseNames(record.tradeName, city, kind).filter((name) => !known.has(name.stem))];
}

const ibansMax = 8;
const noIbans: readonly string[] = [];

/** The accounts of a record in comparison form, sorted, each once; eight at most. */
export function uniqueIbans(
  texts: readonly string[],
  normalise: (text: string) => string | null,
): readonly string[] {
  if (texts.length === 0) return noIbans;
  const ibans = texts
    .slice(0, ibansMax)
    .map(normalise)
    .filter((iban) => iban !== null);
  return ibans.length < 2 ? ibans : [...new Set(ibans)].sort();
}
