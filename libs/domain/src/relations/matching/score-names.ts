import { compareNames, type NameLevel } from './compare-names.js';
import type { MatchRecord } from './match-record.js';
import { noNameModel } from './name-model.js';
import type { NameKind } from './normalise-name.js';
import { relationRules as rules } from './rules/relation-rules.js';
import { scoreOf } from './score.js';

/** What two names alone say, as the engine weighs them between two relations. */
export interface NamePairScore {
  /** Bits: above 0 for one name, below 0 for two. No chance beforehand is counted in. */
  readonly score: number;
  /**
   * Whether the two are more likely one name than not: the same words but for slips of the pen, and no other group word,
   * numeral, place or legal form. Without an address or a number, a word more or less makes another company.
   */
  readonly isLikelySame: boolean;
}

const wholeLevels: ReadonlySet<NameLevel> = new Set(['equal', 'typo', 'initials']);

/**
 * Compares two names by themselves: words, slips of the pen, legal forms, group words, series numerals and places.
 * Symmetric. A name that is empty or stands for nobody in particular says nothing: score 0.
 */
export function scoreNames(one: string, other: string, kind: NameKind = null): NamePairScore {
  const [first, second] = one < other ? [one, other] : [other, one];
  const a = rules.toFeatures(named(first, kind));
  const b = rules.toFeatures(named(second, kind));
  const comparison = rules.compare(a, b, compareNames(a.names, b.names, noNameModel));
  const score = scoreOf(comparison, { rules, stems: 0 }) - rules.schema.prior;
  const isContradicted = comparison.form === 'different' || rules.vetoesOf(comparison).length > 0;
  const isWhole = wholeLevels.has(comparison.name.level);
  return { score, isLikelySame: score >= rules.schema.bands.finalFrom && isWhole && !isContradicted };
}

function named(name: string, kind: NameKind): MatchRecord {
  return {
    ...{ id: '', administrationId: '', code: null, name, kind },
    ...{ kvk: null, vat: null, ibans: [], email: null, phone: null, website: null },
    ...{ addressLine1: null, postcode: null, city: null, country: null },
    ...{ isBlocked: false, isOwnCompany: false },
  };
}
