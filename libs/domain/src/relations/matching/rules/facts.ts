import type { Comparison } from '../compare.js';
import { isSameWhole } from '../compare-names.js';
import { sharedByTooMany } from '../shared-by-too-many.js';
import { crowdedValues, exclusiveTies, isExclusive, isNetShared, isRegistered, valueTies } from './ties.js';

/** Whether something is so of two records. */
export type Fact = (c: Comparison) => boolean;

/** What a condition of a schema may name beside the levels of fields. */
export const facts: Readonly<Record<string, Fact>> = {
  'other-person': ({ name }) => name.isOtherPerson,
  'person-and-company': (c) => c.isPersonAndCompany,
  'person-of-mailbox': isPersonOfMailbox,
  household: isHousehold,
  'left-out-word': isWordLeftOut,
  'other-wording': isWordingDifferent,
  'daughter-of-town': isDaughterOfTown,
  'own-company-beside-another': ({ a, b }) => a.isOwnCompany !== b.isOwnCompany,
  crowded: (c) => crowdedValues(c) > 0,
  'two-values': (c) => valueTies(c) >= 2,
  'two-ties': (c) => exclusiveTies(c) >= 2,
  'one-name-with-a-tie': isOneNameWithTie,
  'only-company-there': isOnlyOneThere,
  'one-person-there': isOnePersonThere,
};

// A name with its legal form is written in full, so a word more or less is hardly one that somebody left out.
function isWordLeftOut(c: Comparison): boolean {
  return isRegistered(c) || !c.name.a?.form || !c.name.b?.form;
}

// Known by initials only, at one address or phone: as often father and son as one person. A mailbox tells. A couple has one
// account, so that tells only beside two initials, or a trade name or mobile phone in common, and where they have not a mailbox each.
function isHousehold(c: Comparison): boolean {
  const [one, other] = [c.name.a?.person, c.name.b?.person];
  const isNamed = !!one?.given && !!other?.given;
  if (!one || !other || isNamed || isNetShared(c) || c.mail === 'equal') return false;
  if (c.iban === null || c.mail === 'different') return true;
  const hasOneInitial = Math.min(one.initials.length, other.initials.length) < 2;
  return hasOneInitial && !isMobileShared(c) && !isTradeNameShared(c);
}

function isMobileShared(c: Comparison): boolean {
  return isExclusive(c.phone === 'equal', c.a.shared.phone, c.b.shared.phone) && isMobile(c.a.phone);
}

// "J. Zandstra h.o.d.n. Eikenhof Interieur".
function isTradeNameShared({ a, b }: Comparison): boolean {
  return a.names.some(({ person, stem }) => !person && b.names.some((name) => name.stem === stem));
}

// Dutch, Belgian and German ones; +32 42 and +32 43 are landlines in Liège.
function isMobile(phone: string | null): boolean {
  return /^\+(316|324[5-9]|491[567])/.test(phone ?? '');
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
