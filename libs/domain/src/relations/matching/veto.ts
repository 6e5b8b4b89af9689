import type { Comparison } from './compare.js';

/** Why two records may never be joined by themselves, strongest first. Keys of `reasonTexts`. */
export type VetoKey =
  | 'veto-judged-different'
  | 'veto-kvk'
  | 'veto-vat'
  | 'veto-rsin'
  | 'veto-own-company'
  | 'veto-group'
  | 'veto-numeral'
  | 'veto-place'
  | 'veto-form'
  | 'veto-person-company'
  | 'veto-other-person';

/** Registration numbers that differ: a slip of the pen or a changed legal form, so a person may still join the two. */
export const registrationVetoes: ReadonlySet<string> = new Set(['veto-kvk', 'veto-vat', 'veto-rsin']);

/** What contradicts that two records are one relation (matching.md, section 3, "Vetoes"). */
export function vetoesOf(c: Comparison): VetoKey[] {
  const vetoes: VetoKey[] = [];
  if (c.kvk === 'different') vetoes.push('veto-kvk');
  if (c.vat === 'different') vetoes.push('veto-vat');
  else if (c.rsin === 'different') vetoes.push('veto-rsin');
  if (c.a.isOwnCompany !== c.b.isOwnCompany) vetoes.push('veto-own-company');
  if (c.name.level === 'unknown') return vetoes;
  if (!c.isGroupEqual) vetoes.push('veto-group');
  if (!c.isNumeralEqual) vetoes.push('veto-numeral');
  if (c.place === 'elsewhere') vetoes.push('veto-place');
  if (c.form === 'incompatible') vetoes.push('veto-form');
  // With one registration number the reading as a person's name was wrong.
  if (c.isPersonAndCompany && c.kvk !== 'equal' && c.vat !== 'equal') vetoes.push('veto-person-company');
  if (c.name.isOtherPerson) vetoes.push('veto-other-person');
  return vetoes;
}
