import type { Evaluation } from './evaluate.js';

/** What clustering and the search for rivals must know of a pair, as bits of one number. */
export const pairFlag = {
  vetoed: 1,
  automatic: 2,
  asked: 4,
  judgedSame: 8,
  judgedDifferent: 16,
  kvkNear: 32,
  formDifferent: 64,
  /** One KvK or VAT number. */
  registered: 128,
  rsinEqual: 256,
  /** Only one of the names has a place, which may be that of a daughter, and no KvK number says otherwise. */
  placeUnsure: 512,
} as const;
/** The kind of question stands above the flags. */
export const kindShift = 10;

/** What of an evaluation is kept as flags, the kind of question among them. */
export function flagsOf({ comparison: c, vetoes, band, holds, isJudgedSame, kind }: Evaluation): number {
  let flags = (kind << kindShift) | (vetoes.length > 0 ? pairFlag.vetoed : 0);
  if (band === 'automatic') flags |= pairFlag.automatic;
  if (band === 'ask') flags |= pairFlag.asked;
  if (isJudgedSame) flags |= pairFlag.judgedSame;
  if (vetoes[0] === 'veto-judged-different') flags |= pairFlag.judgedDifferent;
  if (c.kvk === 'near') flags |= pairFlag.kvkNear;
  if (c.form === 'different') flags |= pairFlag.formDifferent;
  if (c.kvk !== 'equal' && holds.includes('hold-place')) flags |= pairFlag.placeUnsure;
  if (c.kvk === 'equal' || c.vat === 'equal') flags |= pairFlag.registered;
  if (c.rsin === 'equal') flags |= pairFlag.rsinEqual;
  return flags;
}
