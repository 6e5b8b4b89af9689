import type { Address, PartFields } from '../relations/index.js';

/** The account's own address that a part holds: null when it says nothing, undefined when it is another address than the main visiting one. */
export function addressOfVisit(fields: PartFields): Address | null | undefined {
  if (fields['type'] !== 'visit' || fields['isMain'] !== true) return undefined;
  const text = (name: string): string | null => {
    const value = fields[name];
    return typeof value === 'string' ? value : null;
  };
  const address = {
    line1: text('line1'),
    line2: text('line2'),
    line3: text('line3'),
    postcode: text('postcode'),
    city: text('city'),
    state: text('state'),
  };
  const isEmpty = Object.values(address).every((line) => line === null);
  return isEmpty ? null : { ...address, country: text('country') };
}
