import { isTypo } from './edit-distance.js';
import type { Features } from './features.js';
import type { NormalisedAddress } from './normalise-address.js';

/**
 * same: one address; addition: one building, other additions; near: one postcode, number unknown or another; area: one town
 * or postcode area, not known better; elsewhere: another address for certain; unknown: nothing to compare, or a PO box
 * beside a visiting address.
 */
export type AddressLevel = 'same' | 'addition' | 'near' | 'area' | 'elsewhere' | 'unknown';

/** Compares two addresses. In the Netherlands postcode and house number decide, so street spellings hardly matter. */
export function compareAddresses(one: Features, other: Features): AddressLevel {
  const a = one.address;
  const b = other.address;
  if (a.isPostbus !== b.isPostbus) return 'unknown';
  if (one.addressKey !== null && one.addressKey === other.addressKey) return byAddition(a, b);
  if (a.country !== b.country) return hasPlace(a) && hasPlace(b) ? 'elsewhere' : 'unknown';
  const isStreetSame =
    a.street !== '' && b.street !== '' && (a.street === b.street || isTypo(a.street, b.street));
  const isTownSame = sameTown(a, b);
  if (isStreetSame && a.number !== '' && a.number === b.number && isTownSame === true)
    return byAddition(a, b);
  if (samePostcode(a, b)) return 'near';
  if (isTownSame === null) return 'unknown';
  if (!isTownSame) return 'elsewhere';
  const isKnown = a.street !== '' && b.street !== '';
  return isKnown && !isStreetSame ? 'elsewhere' : 'area';
}

function byAddition(a: NormalisedAddress, b: NormalisedAddress): AddressLevel {
  return a.addition === b.addition || a.addition === '' || b.addition === '' ? 'same' : 'addition';
}

function samePostcode(a: NormalisedAddress, b: NormalisedAddress): boolean {
  return a.postcode === b.postcode && a.postcode.length >= (a.country === 'NL' ? 6 : 4) && a.country === 'NL';
}

// True when city or postcode area agree, false when both are known and neither does, null when nothing can be said.
function sameTown(a: NormalisedAddress, b: NormalisedAddress): boolean | null {
  const hasCities = a.city !== '' && b.city !== '';
  const hasPostcodes = a.postcode !== '' && b.postcode !== '';
  if (hasCities && (a.city === b.city || isTypo(a.city, b.city))) return true;
  if (hasPostcodes && a.postcode.slice(0, 4) === b.postcode.slice(0, 4)) return true;
  return hasCities || hasPostcodes ? false : null;
}

function hasPlace(address: NormalisedAddress): boolean {
  return address.city !== '' || address.postcode !== '';
}
