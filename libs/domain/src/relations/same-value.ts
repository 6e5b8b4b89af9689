import type { Address, SharedField, SharedValues } from './fields.js';

type SharedValue = SharedValues[SharedField];

const addressLines = ['line1', 'line2', 'line3', 'postcode', 'city', 'state', 'country'] as const;

/** Whether nothing is said: null, blanks, or an address of which Exact filled the country only. */
export function isEmpty(value: SharedValue): boolean {
  if (value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return addressLines.every((line) => line === 'country' || line === 'state' || !value[line]?.trim());
}

/** Whether two values are equal to the letter. Two ways to say nothing are equal. */
export function isExactly(one: SharedValue, other: SharedValue): boolean {
  if (isEmpty(one) || isEmpty(other)) return isEmpty(one) && isEmpty(other);
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return addressLines.every((line) => (one?.[line] ?? '') === (other?.[line] ?? ''));
}

/**
 * Whether two values of a field say the same, however they are written: `020-0000012` and `0200000012`, `BE 0999.012.304`
 * and `BE0999012304`. Names keep their case: that is a difference which people see.
 */
export function saysTheSame(field: SharedField, one: SharedValue, other: SharedValue): boolean {
  return isExactly(one, other) || spelling(field, one) === spelling(field, other);
}

function spelling(field: SharedField, value: SharedValue): string {
  if (value === null || isEmpty(value)) return '';
  return typeof value === 'string' ? spellings[field](value) : addressSpelling(value);
}

const squeezed = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
const bare = (text: string): string => text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');

const spellings: Readonly<Record<SharedField, (text: string) => string>> = {
  name: squeezed,
  tradeName: squeezed,
  kvk: bare,
  vat: bare,
  rsin: bare,
  address: squeezed,
  email: (text) => text.normalize('NFKC').toLowerCase().trim(),
  phone: (text) =>
    text
      .replace(/\(0\)/g, '')
      .replace(/[^\d+]/g, '')
      .replace(/^(\+|00)31/, '0'),
  website: (text) =>
    text
      .toLowerCase()
      .trim()
      .replace(/^https?:\/\//, '')
      .replace(/^www\./, '')
      .replace(/\/+$/, ''),
};

function addressSpelling(address: Address): string {
  return addressLines
    .map((line) => {
      const text = squeezed(address[line] ?? '').toLowerCase();
      return line === 'postcode' ? text.replace(/ /g, '') : text;
    })
    .join('\n');
}
