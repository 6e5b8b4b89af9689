import type { NameLevel } from './compare-names.js';
import type { Comparison } from './compare.js';
import { sharedByTooMany } from './exclusivity.js';
import { Tally, type Contribution } from './tally.js';
import { weights } from './weights.js';

const scratch = new Tally();

/**
 * The score of a comparison: the sum of its contributions, the prior among them (bits). `stems` is how many different names
 * the records have (0: unknown).
 */
export function scoreOf(comparison: Comparison, stems = 0): number {
  scratch.clear();
  weigh(comparison, stems, scratch);
  return scratch.score();
}

/** The contributions behind `scoreOf`; their weights, added up in this order, are the score exactly. */
export function contributionsOf(comparison: Comparison, stems = 0): Contribution[] {
  scratch.clear();
  weigh(comparison, stems, scratch);
  return scratch.contributions();
}

function weigh(comparison: Comparison, stems: number, out: Tally): void {
  out.add('prior', weights.prior);
  weighNumbers(comparison, out);
  weighName(comparison, stems, out);
  weighSharers(comparison, out);
  weighIban(comparison, out);
  weighNet(comparison, out);
  weighSite(comparison, out);
  weighContrary(comparison, out);
}

/** The probability that belongs to a score in bits. */
export function probabilityOf(score: number): number {
  return 1 / (1 + 2 ** -score);
}

function weighNumbers(c: Comparison, out: Tally): void {
  const from = out.length;
  if (c.kvk === 'equal') out.add('kvk-equal', weights.kvk.equal);
  const isOtherCompany = c.kvk === 'different';
  const inGroup = weights.vat['equal-in-group'];
  if (c.vat === 'equal' || c.vat === 'suffix') {
    if (isOtherCompany) out.add('vat-equal-in-group', inGroup);
    else out.add(c.vat === 'equal' ? 'vat-equal' : 'vat-suffix', weights.vat[c.vat]);
  } else if (c.rsin === 'equal') {
    out.add('rsin-equal', isOtherCompany ? inGroup : weights.rsin.equal);
  }
  out.settleFamily(from, weights.familyBonus);
  if (c.kvk === 'near') out.add('kvk-near', weights.kvk.near);
  if (c.kvk === 'different') out.add('kvk-different', weights.kvk.different);
  if (c.vat === 'different') out.add('vat-different', weights.vat.different);
  else if (c.rsin === 'different') out.add('rsin-different', weights.rsin.different);
}

const nameKeys: Readonly<Record<NameLevel, string>> = {
  equal: 'name-equal',
  typo: 'name-typo',
  initials: 'name-initials',
  contained: 'name-contained',
  similar: 'name-similar',
  different: 'name-different',
  unknown: 'name-unknown',
};
const formKeys = {
  equal: 'form-equal',
  implied: 'form-implied',
  different: 'form-different',
  incompatible: 'form-incompatible',
} as const;
const placeKeys = { same: 'place-same', unsure: 'place-unsure', elsewhere: 'place-elsewhere' } as const;

function weighName(c: Comparison, stems: number, out: Tally): void {
  const { level } = c.name;
  if (level === 'unknown') return;
  const bits = Math.min(c.name.bits - (hasAnyTie(c) ? 0 : crowdBits(stems)), weights.name.max);
  out.add(c.name.isOtherPerson ? 'other-person' : nameKeys[level], nameWeight(c, bits));
  if (level === 'different') return;
  if (c.form !== 'unstated') out.add(formKeys[c.form], weights.form[c.form]);
  if (!c.isGroupEqual) out.add('group-different', weights.group.different);
  if (!c.isNumeralEqual) out.add('numeral-different', weights.numeral.different);
  if (c.place !== 'neutral') out.add(placeKeys[c.place], weights.place[c.place]);
  if (c.isCodeEqual) out.add('code-equal', weights.code.equal);
}

const crowdFrom = 2048;

// Among a million names the same name turns up by chance a thousand times as often as among a thousand.
function crowdBits(stems: number): number {
  return Math.max(0, Math.log2(Math.max(1, stems) / crowdFrom));
}

function hasAnyTie(c: Comparison): boolean {
  return (
    c.kvk === 'equal' ||
    c.vat === 'equal' ||
    c.rsin === 'equal' ||
    c.iban !== null ||
    c.mail === 'equal' ||
    c.domain === 'equal' ||
    c.phone === 'equal' ||
    c.address === 'same' ||
    c.address === 'near'
  );
}

// Of the many who share a value hardly two have one name: then the value tells something all the same.
function weighSharers(c: Comparison, out: Tally): void {
  if (c.name.level !== 'equal' && c.name.level !== 'typo') return;
  const isAddress = c.address === 'same' || c.address === 'addition';
  const values =
    Number(c.mail === 'equal' && isCrowded(c.a.shared.mail, c.b.shared.mail)) +
    Number(c.domain === 'equal' && isCrowded(c.a.shared.domain, c.b.shared.domain)) +
    Number(c.phone === 'equal' && isCrowded(c.a.shared.phone, c.b.shared.phone)) +
    Number(isAddress && isCrowded(c.a.shared.address, c.b.shared.address)) +
    Number(c.iban !== null && isCrowded(c.ibanStems, 1));
  if (values > 0) out.add('name-among-sharers', weights.sharers + (values - 1) * weights.familyBonus);
}

function isCrowded(stemsA: number, stemsB: number): boolean {
  return Math.max(stemsA, stemsB) >= sharedByTooMany;
}

function nameWeight(c: Comparison, bits: number): number {
  const { name } = weights;
  if (c.name.isOtherPerson) return name.different;
  switch (c.name.level) {
    case 'equal':
      return bits;
    case 'typo':
      return bits + name.typo;
    case 'initials':
      return bits + name.initials;
    case 'contained':
      return bits * name['contained-share'] + (areBothFull(c) ? name['contained-full'] : 0);
    case 'similar':
      return bits * name['similar-share'] + name['similar-off'];
    default:
      return name.different;
  }
}

// A name with its legal form is written in full, so a word more or less is hardly one that somebody left out.
function areBothFull({ name, kvk, vat, rsin }: Comparison): boolean {
  const isRegistered = kvk === 'equal' || vat === 'equal' || rsin === 'equal';
  return !isRegistered && !!name.a?.form && !!name.b?.form;
}

/** What a value that `stems` names use is worth: less with every doubling, nothing from three names on. */
export function exclusiveWeight(base: number, stems: number): number {
  return stems >= sharedByTooMany ? 0 : base - weights.perDoublingOfStems * Math.log2(Math.max(1, stems));
}

function weighIban(c: Comparison, out: Tally): void {
  if (c.iban !== null) addShared(out, 'iban-equal', { base: weights.iban.equal, stems: c.ibanStems });
}

function weighNet(c: Comparison, out: Tally): void {
  const from = out.length;
  const { a, b } = c;
  if (c.mail === 'equal')
    addShared(out, 'mail-equal', { base: weights.mail.equal, stems: Math.max(a.shared.mail, b.shared.mail) });
  if (c.domain === 'equal')
    addShared(out, 'domain-equal', {
      base: weights.domain.equal,
      stems: Math.max(a.shared.domain, b.shared.domain),
    });
  out.settleFamily(from, weights.familyBonus);
}

function weighSite(c: Comparison, out: Tally): void {
  const from = out.length;
  const stems = Math.max(c.a.shared.address, c.b.shared.address);
  if (c.address === 'same') addShared(out, 'address-same', { base: weights.address.same, stems });
  else if (c.address === 'addition')
    addShared(out, 'address-addition', { base: weights.address.addition, stems });
  else if (c.address === 'near') out.add('address-near', weights.address.near);
  else if (c.address === 'area') out.add('address-area', weights.address.area);
  if (c.phone === 'equal')
    addShared(out, 'phone-equal', {
      base: weights.phone.equal,
      stems: Math.max(c.a.shared.phone, c.b.shared.phone),
    });
  out.settleFamily(from, weights.siteBonus);
}

const crowdedKeys = {
  'iban-equal': 'iban-equal-shared',
  'mail-equal': 'mail-equal-shared',
  'domain-equal': 'domain-equal-shared',
  'address-same': 'address-same-shared',
  'address-addition': 'address-addition-shared',
  'phone-equal': 'phone-equal-shared',
} as const;

function addShared(
  out: Tally,
  key: keyof typeof crowdedKeys,
  { base, stems }: { readonly base: number; readonly stems: number },
): void {
  out.add(stems >= sharedByTooMany ? crowdedKeys[key] : key, exclusiveWeight(base, stems));
}

function weighContrary(c: Comparison, out: Tally): void {
  if (c.address === 'elsewhere') out.add('address-elsewhere', weights.address.elsewhere);
  if (c.phone === 'different') out.add('phone-different', weights.phone.different);
  if (c.domain === 'different' && c.mail !== 'equal') out.add('domain-different', weights.domain.different);
}
