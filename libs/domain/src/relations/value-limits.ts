import type { Address, SharedField, SharedValues } from './fields.js';
import { isEmpty } from './same-value.js';

/** The longest texts that we accept, in UTF-16 units; Exact may refuse shorter ones, and then says so by itself. */
const lengthMax: Readonly<Record<SharedField, number>> = {
  name: 200,
  tradeName: 200,
  kvk: 20,
  vat: 30,
  rsin: 20,
  address: 100,
  email: 320,
  phone: 40,
  website: 300,
};

/** The first value that cannot be stored at all: NUL, half a character, too long, no name. Undefined when there is none. */
export function findInvalidValue(
  values: Partial<SharedValues>,
): { readonly field: string; readonly reason: string } | undefined {
  for (const [key, value] of Object.entries(values)) {
    const field = key as SharedField; // the keys of SharedValues
    if (field === 'name' && isEmpty(value ?? null)) return { field, reason: 'empty' };
    for (const [name, text] of textsOf(field, value ?? null)) {
      if (text.includes('\u0000')) return { field: name, reason: 'contains-nul' };
      if (!text.isWellFormed()) return { field: name, reason: 'malformed' };
      if (text.length > lengthMax[field]) return { field: name, reason: 'too-long' };
    }
  }
  return undefined;
}

function textsOf(field: SharedField, value: SharedValues[SharedField]): [string, string][] {
  if (value === null) return [];
  if (typeof value === 'string') return [[field, value]];
  return Object.entries(value)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .map(([line, text]) => [`${field}.${line}`, text]);
}

/** Outer blanks gone; nothing said becomes null. */
export function trimValue(value: SharedValues[SharedField]): SharedValues[SharedField] {
  if (value === null || isEmpty(value)) return null;
  return typeof value === 'string' ? value.trim() : trimAddress(value);
}

function trimAddress(address: Address): Address {
  const line = (text: string | null): string | null => text?.trim() || null;
  return {
    line1: line(address.line1),
    line2: line(address.line2),
    line3: line(address.line3),
    postcode: line(address.postcode),
    city: line(address.city),
    state: line(address.state),
    country: line(address.country),
  };
}
