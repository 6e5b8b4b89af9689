import { isSameWhole } from './compare-names.js';
import type { Comparison } from './compare.js';
import { sharedByTooMany } from './exclusivity.js';
import type { Band } from './match-record.js';
import { registrationVetoes, type VetoKey } from './veto.js';
import { askFrom, automaticFrom } from './weights.js';

/** A kind of proof that may join two records by itself. */
export type Proof = 'registration' | 'name-and-values' | 'name-and-address' | 'none';

/** Why a pair with a high score is asked all the same; keys of `reasonTexts`. */
export type HoldKey =
  | 'hold-same-administration'
  | 'hold-other-address'
  | 'hold-branch'
  | 'hold-kvk-near'
  | 'hold-vat-only'
  | 'hold-name'
  | 'hold-form'
  | 'hold-place'
  | 'hold-rival'
  | 'hold-chain'
  | 'hold-registration'
  | 'hold-no-proof';

export interface Decision {
  readonly band: Band;
  readonly holds: readonly HoldKey[];
}

/**
 * The band of a pair, its administrations aside: automatic only with a kind of proof that allows it, a score that is high
 * enough, no veto and nothing that makes a person look first. A registration veto between equal names is asked.
 */
export function decide(c: Comparison, score: number, vetoes: readonly VetoKey[]): Decision {
  // Two records without a name are nobody: only a registration number makes them worth a question.
  const isNameless = c.name.level === 'unknown' && !isRegistered(c);
  if (isNameless) return { band: 'separate', holds: [] };
  if (vetoes.length > 0) return decideVetoed(c, score, vetoes);
  if (score < askFrom) return { band: 'separate', holds: [] };
  const proof = proofOf(c);
  const holds = holdsOf(c);
  if (proof === 'none' && score >= automaticFrom) holds.push('hold-no-proof');
  const isCertain = proof !== 'none' && holds.length === 0 && score >= automaticFrom;
  return { band: isCertain ? 'automatic' : 'ask', holds };
}

const contradictionBits = 16;

// Equal names with other numbers are what a changed legal form or a slip of the pen leaves behind: worth one look.
function decideVetoed(c: Comparison, score: number, vetoes: readonly VetoKey[]): Decision {
  const isRegistrationOnly = vetoes.every((veto) => registrationVetoes.has(veto));
  const isNameSame = c.name.level === 'equal' || c.name.level === 'typo';
  const isWorthLook =
    isRegistrationOnly && isNameSame && score + contradictionBits * vetoes.length >= askFrom;
  if (isWorthLook && (isRegistered(c) || hasTie(c))) return { band: 'ask', holds: ['hold-registration'] };
  if (vetoes.includes('veto-own-company') && vetoes.length === 1 && score >= askFrom)
    return { band: 'ask', holds: [] };
  // One KvK number is one legal entity, so a name that says otherwise is a question and not an answer.
  if (c.kvk === 'equal' && !vetoes.some((veto) => registrationVetoes.has(veto)))
    return { band: 'ask', holds: ['hold-name'] };
  return { band: 'separate', holds: [] };
}

function isRegistered(c: Comparison): boolean {
  return c.kvk === 'equal' || c.vat === 'equal' || c.rsin === 'equal';
}

/** Whether an exclusive value ties the two together: address, mailbox, phone or bank account. */
function hasTie(c: Comparison): boolean {
  return (
    c.address === 'same' ||
    isExclusive(c.mail === 'equal', c.a.shared.mail, c.b.shared.mail) ||
    isExclusive(c.phone === 'equal', c.a.shared.phone, c.b.shared.phone) ||
    (c.iban !== null && c.ibanStems < sharedByTooMany)
  );
}

function isExclusive(isEqual: boolean, stemsA: number, stemsB: number): boolean {
  return isEqual && Math.max(stemsA, stemsB) < sharedByTooMany;
}

function proofOf(c: Comparison): Proof {
  const { level } = c.name;
  const isNameSame = level === 'equal' || level === 'typo';
  if (c.kvk === 'equal' && (isNameSame || level === 'contained' || level === 'similar'))
    return 'registration';
  // A fiscal unity shares its VAT number, so here the names must be the same and not only compatible.
  if ((c.vat === 'equal' || c.rsin === 'equal') && isNameSame) return 'registration';
  if (!isNameSame && !isPersonOfMailbox(c)) return 'none';
  if (isHousehold(c)) return 'none';
  if (exclusiveTies(c) >= 2 || isOneNameWithTie(c)) return 'name-and-values';
  return isOnlyOneThere(c) || isOnePersonThere(c) ? 'name-and-address' : 'none';
}

// Known by initials only, at one address or phone: as often father and son as one person. A mailbox tells, and an account does
// unless each has a mailbox: a couple has one account.
function isHousehold(c: Comparison): boolean {
  const [one, other] = [c.name.a?.person, c.name.b?.person];
  const isNamed = !!one?.given && !!other?.given;
  if (!one || !other || isNamed || isNetShared(c) || c.mail === 'equal') return false;
  return c.iban === null || c.mail === 'different';
}

/** How many independent exclusive values two records share: mailbox or domain, phone, bank account, address. */
function exclusiveTies(c: Comparison): number {
  const ties = valueTies(c);
  // One postcode without a house number is no address, but beside another tie it says where.
  const site =
    c.address === 'same'
      ? isExclusive(true, c.a.shared.address, c.b.shared.address)
      : c.address === 'near' && ties > 0;
  return ties + Number(site);
}

/** Exclusive mailbox or domain, phone and bank account: what a company keeps when it moves. */
function valueTies(c: Comparison): number {
  const phone = isExclusive(c.phone === 'equal', c.a.shared.phone, c.b.shared.phone);
  const bank = c.iban !== null && c.ibanStems < sharedByTooMany;
  return Number(isNetShared(c)) + Number(phone) + Number(bank);
}

function isNetShared(c: Comparison): boolean {
  return (
    isExclusive(c.mail === 'equal', c.a.shared.mail, c.b.shared.mail) ||
    isExclusive(c.domain === 'equal', c.a.shared.domain, c.b.shared.domain)
  );
}

/** One company name, a surname and a trade at least, at an address where no other company is known. */
function isOnlyOneThere(c: Comparison): boolean {
  const isAlone = c.address === 'same' && Math.max(c.a.shared.address, c.b.shared.address) === 1;
  const isCompany = c.name.a?.isCompany === true && c.name.b?.isCompany === true;
  return isAlone && isCompany && c.name.level === 'equal' && c.name.bits >= distinctiveBits;
}

/**
 * A company's whole name, group words and numeral included, and one value or the address. A value that many share counts
 * only beside a name that the other names show to be rare; after a slip of the pen it does not count.
 */
function isOneNameWithTie(c: Comparison): boolean {
  if (c.name.a?.person || c.name.b?.person) return false;
  if (c.name.level !== 'equal') return exclusiveTies(c) >= 1 && c.address !== 'unknown';
  const isAlone = c.address === 'same' && Math.max(c.a.shared.address, c.b.shared.address) < sharedByTooMany;
  if (exclusiveTies(c) === 0 && !isAlone && c.address !== 'near' && c.name.bits < rareBits) return false;
  const hasValue = c.mail === 'equal' || c.domain === 'equal' || c.phone === 'equal' || c.iban !== null;
  return hasValue || c.address === 'same' || (c.address === 'near' && !isPlaceOfOneOnly(c));
}

// With the given name in full: two persons "J. Jansen" at one address are as often father and son.
function isOnePersonThere(c: Comparison): boolean {
  const [one, other] = [c.name.a?.person, c.name.b?.person];
  const isNamed = c.name.level === 'equal' && !!one?.given && one.given === other?.given;
  return isNamed && (c.address === 'same' || exclusiveTies(c) >= 1);
}

const rareBits = 14; // more than the built-in lists give to any surname and trade
const distinctiveBits = 7; // a common surname and a trade

// "M. Prins" and "Mark Prins" with the mailbox mark.prins@: the mailbox spells out the initial.
function isPersonOfMailbox(c: Comparison): boolean {
  const given = c.name.a?.person?.given || c.name.b?.person?.given;
  if (c.name.level !== 'initials' || !given || c.mail !== 'equal') return false;
  return (
    isExclusive(true, c.a.shared.mail, c.b.shared.mail) && (c.a.email ?? '').split(/[@._-]/).includes(given)
  );
}

// "Invest" beside "Investments", "Project" beside "Projects": spellings of one company, or two companies of one group.
function isWordingDifferent({ name }: Comparison): boolean {
  return name.isUnsure || (name.a?.groupAsWritten ?? '') !== (name.b?.groupAsWritten ?? '');
}

// "Molen B.V." and "Molen Ede B.V." in Ede: the town may be the name of a daughter. "Molen B.V. Ede" only says where.
function isDaughterOfTown(c: Comparison): boolean {
  return isPlaceOfOneOnly(c) && (c.name.a?.isPlaceInside === true || c.name.b?.isPlaceInside === true);
}

function isPlaceOfOneOnly({ name: { a, b } }: Comparison): boolean {
  return !!a && !!b && (a.place === '') !== (b.place === '') && !isSameWhole(a, b);
}

function holdsOf(c: Comparison): HoldKey[] {
  const holds: HoldKey[] = [];
  if (c.address === 'elsewhere' && valueTies(c) < 2) holds.push('hold-other-address');
  if (c.isBranchDifferent) holds.push('hold-branch');
  if (c.kvk === 'near') holds.push('hold-kvk-near');
  if (c.form === 'different' || c.form === 'implied') holds.push('hold-form');
  // The companies of a fiscal unity have one VAT number, and names that are nearly one; only a KvK number is a company's own.
  const isOneCompany = c.kvk === 'equal';
  if (c.place === 'unsure' || (isDaughterOfTown(c) && !isOneCompany)) holds.push('hold-place');
  const isOtherWord = isWordingDifferent(c) && !isOneCompany;
  if (isOtherWord || c.name.level === 'different' || (c.name.level === 'initials' && !isPersonOfMailbox(c)))
    holds.push('hold-name');
  if (c.vat === 'suffix') holds.push('hold-vat-only');
  return holds;
}
