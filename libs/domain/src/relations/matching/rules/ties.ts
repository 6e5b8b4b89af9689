import type { Comparison } from '../compare.js';
import { sharedByTooMany } from '../shared-by-too-many.js';

/** Whether the two share a registration number. */
export function isRegistered(c: Comparison): boolean {
  return c.kvk === 'equal' || c.vat === 'equal' || c.rsin === 'equal';
}

/** Whether anything at all but the name agrees. */
export function hasAnyTie(c: Comparison): boolean {
  return (
    isRegistered(c) ||
    c.iban !== null ||
    c.mail === 'equal' ||
    c.domain === 'equal' ||
    c.phone === 'equal' ||
    c.address === 'same' ||
    c.address === 'near'
  );
}

/** Whether an exclusive value ties the two together: address, mailbox, phone or bank account. */
export function hasExclusiveTie(c: Comparison): boolean {
  return (
    c.address === 'same' ||
    isExclusive(c.mail === 'equal', c.a.shared.mail, c.b.shared.mail) ||
    isExclusive(c.phone === 'equal', c.a.shared.phone, c.b.shared.phone) ||
    (c.iban !== null && c.ibanStems < sharedByTooMany)
  );
}

/** How many independent exclusive values two records share: mailbox or domain, phone, bank account, address. */
export function exclusiveTies(c: Comparison): number {
  const ties = valueTies(c);
  // One postcode without a house number is no address, but beside another tie it says where.
  const site =
    c.address === 'same'
      ? isExclusive(true, c.a.shared.address, c.b.shared.address)
      : c.address === 'near' && ties > 0;
  return ties + Number(site);
}

/** Exclusive mailbox or domain, phone and bank account: what a company keeps when it moves. */
export function valueTies(c: Comparison): number {
  const phone = isExclusive(c.phone === 'equal', c.a.shared.phone, c.b.shared.phone);
  const bank = c.iban !== null && c.ibanStems < sharedByTooMany;
  return Number(isNetShared(c)) + Number(phone) + Number(bank);
}

/** An exclusive mailbox or domain. */
export function isNetShared(c: Comparison): boolean {
  return (
    isExclusive(c.mail === 'equal', c.a.shared.mail, c.b.shared.mail) ||
    isExclusive(c.domain === 'equal', c.a.shared.domain, c.b.shared.domain)
  );
}

/** Whether an equal value is used by few names. */
export function isExclusive(isEqual: boolean, stemsA: number, stemsB: number): boolean {
  return isEqual && Math.max(stemsA, stemsB) < sharedByTooMany;
}

/** How many values the two have in common that many others use as well. */
export function crowdedValues(c: Comparison): number {
  const isAddress = c.address === 'same' || c.address === 'addition';
  return (
    Number(c.mail === 'equal' && isCrowded(c.a.shared.mail, c.b.shared.mail)) +
    Number(c.domain === 'equal' && isCrowded(c.a.shared.domain, c.b.shared.domain)) +
    Number(c.phone === 'equal' && isCrowded(c.a.shared.phone, c.b.shared.phone)) +
    Number(isAddress && isCrowded(c.a.shared.address, c.b.shared.address)) +
    Number(c.iban !== null && c.ibanStems >= sharedByTooMany)
  );
}

function isCrowded(stemsA: number, stemsB: number): boolean {
  return Math.max(stemsA, stemsB) >= sharedByTooMany;
}
