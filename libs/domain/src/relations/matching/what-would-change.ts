import { comparePair } from './compare-one.js';
import type { LearntModel } from './learnt-model.js';
import type { Band, MatchRecord, PairVerdict } from './match-record.js';
import type { ReasonText } from './reason-texts.js';

/** What a person can check or mend about a record; an address is one block. */
export type ChangeableField = 'name' | 'kvk' | 'vat' | 'address' | 'email' | 'phone';

/** One change that would have given another verdict: a field equal on both sides, or empty on both. */
export interface Counterfactual {
  readonly field: ChangeableField;
  readonly change: 'equal' | 'empty';
  /** What the pair would be then. */
  readonly band: Band;
}

type Change = (a: MatchRecord, b: MatchRecord) => readonly [MatchRecord, MatchRecord];

const members: Readonly<Record<ChangeableField, readonly (keyof MatchRecord)[]>> = {
  kvk: ['kvk'],
  vat: ['vat', 'rsin'],
  name: ['name', 'tradeName'],
  address: ['addressLine1', 'postcode', 'city', 'country'],
  email: ['email'],
  phone: ['phone'],
};
const fields = Object.keys(members) as readonly ChangeableField[]; // safe: the record above is exhaustive

/** A pair and what was found of it. */
export interface JudgedPair {
  readonly a: MatchRecord;
  readonly b: MatchRecord;
  readonly found: Pick<PairVerdict, 'reasons' | 'score'>;
  /** What it was found with. */
  readonly learnt?: LearntModel | undefined;
}

/** Scores that differ by less are one score. */
const sameScore = 1e-6;

/**
 * Which single change would have given two records another verdict: they are compared again with the change made. Nothing when
 * the two alone do not give the score that was found, because others share their values or were edited since, or when others
 * hold them back: those are not compared here. A value that both lack is not made up. The most decisive first: what would
 * join them, then what would keep them apart.
 */
export function whatWouldChange({ a, b, found, learnt }: JudgedPair): Counterfactual[] {
  const verdictOf = (one: MatchRecord, other: MatchRecord): PairVerdict =>
    comparePair(one, other, learnt && { learnt });
  const { band, score } = verdictOf(a, b);
  const isHeld = found.reasons.some(({ key }) => key.startsWith('hold-'));
  if (Math.abs(score - found.score) > sameScore || band === 'separate' || (band === 'automatic' && isHeld))
    return [];
  const after = (
    field: ChangeableField,
    change: Counterfactual['change'],
    apply: Change,
  ): Counterfactual => ({
    field,
    change,
    band: verdictOf(...apply(a, b)).band,
  });
  return fields
    .flatMap((field) => [
      after(field, 'equal', equalise(field)),
      ...(field === 'name' ? [] : [after(field, 'empty', clear(field))]),
    ])
    .filter((change) => change.band !== band)
    .sort((one, other) => decisiveness(one.band) - decisiveness(other.band));
}

// The filled side's values go to the other one.
function equalise(field: ChangeableField): Change {
  return (a, b) => {
    const keys = members[field];
    const isFilled = (record: MatchRecord) => keys.some((key) => Boolean(record[key]));
    const from = isFilled(a) ? a : b;
    const values = Object.fromEntries(keys.map((key) => [key, from[key] ?? null]));
    return [
      { ...a, ...values },
      { ...b, ...values },
    ];
  };
}

function clear(field: ChangeableField): Change {
  const nothing = Object.fromEntries(members[field].map((key) => [key, null]));
  return (a, b) => [
    { ...a, ...nothing },
    { ...b, ...nothing },
  ];
}

function decisiveness(band: Band): number {
  return ['automatic', 'separate', 'ask'].indexOf(band);
}

const names: Readonly<Record<ChangeableField, ReasonText>> = {
  name: { nl: 'dezelfde naam', en: 'the same name' },
  kvk: { nl: 'hetzelfde KvK-nummer', en: 'the same KvK number' },
  vat: { nl: 'hetzelfde btw-nummer', en: 'the same VAT number' },
  address: { nl: 'hetzelfde adres', en: 'the same address' },
  email: { nl: 'hetzelfde e-mailadres', en: 'the same e-mail address' },
  phone: { nl: 'hetzelfde telefoonnummer', en: 'the same phone number' },
};
const emptied: Readonly<Record<ChangeableField, ReasonText>> = {
  name: { nl: 'de namen', en: 'the names' },
  kvk: { nl: 'de KvK-nummers', en: 'the KvK numbers' },
  vat: { nl: 'de btw-nummers', en: 'the VAT numbers' },
  address: { nl: 'de adressen', en: 'the addresses' },
  email: { nl: 'de e-mailadressen', en: 'the e-mail addresses' },
  phone: { nl: 'de telefoonnummers', en: 'the phone numbers' },
};
const outcomes: Readonly<Record<Band, ReasonText>> = {
  automatic: { nl: 'was het zeker dezelfde', en: 'it would certainly be the same' },
  ask: { nl: 'was het een vraag', en: 'it would be a question' },
  separate: { nl: 'bleven ze apart', en: 'they would stay apart' },
};

/** The sentence of a change: "Met hetzelfde KvK-nummer was het zeker dezelfde". */
export function counterfactualSentence(
  { field, change, band }: Counterfactual,
  language: 'nl' | 'en',
): string {
  const isEqual = change === 'equal';
  const subject = (isEqual ? names : emptied)[field][language];
  const word = language === 'nl' ? (isEqual ? 'Met' : 'Zonder') : isEqual ? 'With' : 'Without';
  const comma = language === 'nl' ? '' : ',';
  return `${word} ${subject}${comma} ${outcomes[band][language]}`;
}
