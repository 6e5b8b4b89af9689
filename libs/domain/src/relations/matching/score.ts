import type { Comparison } from './compare.js';
import { sharedByTooMany } from './exclusivity.js';
import { weights } from './weights.js';

/** One weighed piece of evidence. `key` is a key of `reasonTexts`; explain.ts adds the values for its text. */
export interface Contribution {
  readonly key: string;
  readonly weight: number;
}

/**
 * Weighs a comparison; `stems` is how many different names the records have (0: unknown). The score is the sum of the contributions, the prior among them (bits).
 */
export function weigh(comparison: Comparison, stems = 0): Contribution[] {
  const out: Contribution[] = [{ key: 'prior', weight: weights.prior }];
  weighNumbers(comparison, out);
  weighName(comparison, stems, out);
  weighSharers(comparison, out);
  weighIban(comparison, out);
  weighFamily(netEvidence(comparison), out);
  weighFamily(siteEvidence(comparison), out, weights.siteBonus);
  weighContrary(comparison, out);
  return out;
}

/** The sum of contributions, in their order, so that it can be repeated exactly. */
export function scoreOf(contributions: readonly Contribution[]): number {
  let score = 0;
  for (const contribution of contributions) score += contribution.weight;
  return score;
}

/** The probability that belongs to a score in bits. */
export function probabilityOf(score: number): number {
  return 1 / (1 + 2 ** -score);
}

function weighNumbers(c: Comparison, out: Contribution[]): void {
  const family: Contribution[] = [];
  if (c.kvk === 'equal') family.push({ key: 'kvk-equal', weight: weights.kvk.equal });
  const isOtherCompany = c.kvk === 'different';
  if (c.vat === 'equal' || c.vat === 'suffix') {
    const weight = isOtherCompany ? weights.vat['equal-in-group'] : weights.vat[c.vat];
    family.push({ key: isOtherCompany ? 'vat-equal-in-group' : `vat-${c.vat}`, weight });
  } else if (c.rsin === 'equal') {
    family.push({
      key: 'rsin-equal',
      weight: isOtherCompany ? weights.vat['equal-in-group'] : weights.rsin.equal,
    });
  }
  weighFamily(family, out);
  if (c.kvk === 'near') out.push({ key: 'kvk-near', weight: weights.kvk.near });
  if (c.kvk === 'different') out.push({ key: 'kvk-different', weight: weights.kvk.different });
  if (c.vat === 'different') out.push({ key: 'vat-different', weight: weights.vat.different });
  else if (c.rsin === 'different') out.push({ key: 'rsin-different', weight: weights.rsin.different });
}

// The strongest counts in full, each other one a little: e-mail and website of one company come together anyway.
function weighFamily(family: Contribution[], out: Contribution[], bonus: number = weights.familyBonus): void {
  if (family.length === 0) return;
  let best = 0;
  for (let i = 1; i < family.length; i++)
    if ((family[i]?.weight ?? 0) > (family[best]?.weight ?? 0)) best = i;
  for (let i = 0; i < family.length; i++) {
    const evidence = family[i];
    if (!evidence) continue;
    out.push(i === best ? evidence : { key: evidence.key, weight: Math.min(evidence.weight, bonus) });
  }
}

function weighName(c: Comparison, stems: number, out: Contribution[]): void {
  const { level } = c.name;
  if (level === 'unknown') return;
  const bits = Math.min(c.name.bits - (hasAnyTie(c) ? 0 : crowdBits(stems)), weights.name.max);
  out.push({ key: c.name.isOtherPerson ? 'other-person' : `name-${level}`, weight: nameWeight(c, bits) });
  if (level === 'different') return;
  if (c.form !== 'unstated') out.push({ key: `form-${c.form}`, weight: weights.form[c.form] });
  if (!c.isGroupEqual) out.push({ key: 'group-different', weight: weights.group.different });
  if (!c.isNumeralEqual) out.push({ key: 'numeral-different', weight: weights.numeral.different });
  if (c.place !== 'neutral') out.push({ key: `place-${c.place}`, weight: weights.place[c.place] });
  if (c.isCodeEqual) out.push({ key: 'code-equal', weight: weights.code.equal });
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
function weighSharers(c: Comparison, out: Contribution[]): void {
  if (c.name.level !== 'equal' && c.name.level !== 'typo') return;
  let values = 0;
  for (const evidence of [...netEvidence(c), ...siteEvidence(c)]) if (evidence.weight === 0) values++;
  if (c.iban !== null && c.ibanStems >= sharedByTooMany) values++;
  if (values > 0)
    out.push({ key: 'name-among-sharers', weight: weights.sharers + (values - 1) * weights.familyBonus });
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
      return bits * name['contained-share'];
    case 'similar':
      return bits * name['similar-share'] + name['similar-off'];
    default:
      return name.different;
  }
}

/** What a value that `stems` names use is worth: less with every doubling, nothing from three names on. */
export function exclusiveWeight(base: number, stems: number): number {
  return stems >= sharedByTooMany ? 0 : base - weights.perDoublingOfStems * Math.log2(Math.max(1, stems));
}

function weighIban(c: Comparison, out: Contribution[]): void {
  if (c.iban === null) return;
  out.push({
    key: sharedOr('iban-equal', c.ibanStems),
    weight: exclusiveWeight(weights.iban.equal, c.ibanStems),
  });
}

function netEvidence(c: Comparison): Contribution[] {
  const family: Contribution[] = [];
  const mailStems = Math.max(c.a.shared.mail, c.b.shared.mail);
  const domainStems = Math.max(c.a.shared.domain, c.b.shared.domain);
  if (c.mail === 'equal') {
    family.push({
      key: sharedOr('mail-equal', mailStems),
      weight: exclusiveWeight(weights.mail.equal, mailStems),
    });
  }
  if (c.domain === 'equal') {
    family.push({
      key: sharedOr('domain-equal', domainStems),
      weight: exclusiveWeight(weights.domain.equal, domainStems),
    });
  }
  return family;
}

function siteEvidence(c: Comparison): Contribution[] {
  const family: Contribution[] = [];
  const stems = Math.max(c.a.shared.address, c.b.shared.address);
  if (c.address === 'same' || c.address === 'addition') {
    const weight = exclusiveWeight(weights.address[c.address], stems);
    family.push({ key: sharedOr(`address-${c.address}`, stems), weight });
  } else if (c.address === 'near' || c.address === 'area') {
    family.push({ key: `address-${c.address}`, weight: weights.address[c.address] });
  }
  const phoneStems = Math.max(c.a.shared.phone, c.b.shared.phone);
  if (c.phone === 'equal') {
    family.push({
      key: sharedOr('phone-equal', phoneStems),
      weight: exclusiveWeight(weights.phone.equal, phoneStems),
    });
  }
  return family;
}

function sharedOr(key: string, stems: number): string {
  return stems >= sharedByTooMany ? `${key}-shared` : key;
}

function weighContrary(c: Comparison, out: Contribution[]): void {
  if (c.address === 'elsewhere') out.push({ key: 'address-elsewhere', weight: weights.address.elsewhere });
  if (c.phone === 'different') out.push({ key: 'phone-different', weight: weights.phone.different });
  if (c.domain === 'different' && c.mail !== 'equal')
    out.push({ key: 'domain-different', weight: weights.domain.different });
}
