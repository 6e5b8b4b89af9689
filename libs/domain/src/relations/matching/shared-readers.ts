import type { Readers } from './features.js';
import { normaliseAddress, type NormalisedAddress } from './normalise-address.js';
import { normaliseNames, type NormalisedName } from './normalise-name.js';

/**
 * Readers that remember: names and addresses that several records have in common are read once and are one object in
 * memory. One per batch, and gone with it.
 */
export function sharedReaders(): Readers {
  const texts = new Map<string, string>();
  const text = (value: string): string => {
    const known = texts.get(value);
    if (known !== undefined) return known;
    texts.set(value, value);
    return value;
  };
  const names = remember((key: string) => {
    const at = key.indexOf(separator);
    const kind = key[0] === 'c' ? 'company' : key[0] === 'p' ? 'person' : null;
    return normaliseNames(key.slice(at + 1), key.slice(1, at), kind).map((name) => shareWords(name, text));
  });
  const addresses = remember((key: string) => {
    const [country = '', postcode = '', city = '', addressLine1 = ''] = key.split(separator);
    return shareParts(normaliseAddress({ country, postcode, city, addressLine1 }), text);
  });
  return {
    text,
    names: (name, ownCity, kind) => names(`${kind?.[0] ?? '-'}${ownCity}${separator}${name ?? ''}`),
    address: (parts) =>
      addresses(
        [parts.country, parts.postcode, parts.city, parts.addressLine1].map(withoutSeparator).join(separator),
      ),
  };
}

// A control character, which reading an address drops anyway.
const separator = '\u0001';

function withoutSeparator(value: string | null): string {
  return value?.includes(separator) ? value.replaceAll(separator, '') : (value ?? '');
}

function remember<T>(read: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = read(key);
    known.set(key, made);
    return made;
  };
}

// One word is its own stem and its own joined spelling.
function shareWords(name: NormalisedName, text: (value: string) => string): NormalisedName {
  const core = name.core.map(text);
  const only = core.length === 1 ? core[0] : undefined;
  const stem = name.stem === only ? only : text(name.stem);
  return {
    ...name,
    core,
    stem,
    joined: name.joined === only ? only : text(name.joined),
    place: text(name.place),
  };
}

function shareParts(address: NormalisedAddress, text: (value: string) => string): NormalisedAddress {
  const key = address.key === null ? null : text(address.key);
  return {
    ...address,
    key,
    street: text(address.street),
    city: text(address.city),
    postcode: text(address.postcode),
  };
}
