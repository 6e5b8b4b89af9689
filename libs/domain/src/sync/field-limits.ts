import type { SourceFields } from '../relations/index.js';
import type { Rejection } from './source-rows.js';

/** Characters at most, well above what Exact is known to hold (exact-online.md 4.12): more is no name but an accident (C04). */
const limits = {
  name: 255,
  tradeName: 255,
  kvk: 60,
  vat: 60,
  rsin: 60,
  email: 254,
  phone: 100,
  website: 500,
} as const;
const addressLineMax = 255;

/** The first field of an account that is too long to be meant, or undefined. Nothing is ever cut. */
export function tooLong(
  fields: SourceFields,
): Extract<Rejection['reason'], { kind: 'too-long' }> | undefined {
  const { address, ...texts } = fields.shared;
  for (const [field, limit] of Object.entries(limits)) {
    const { length } = texts[field as keyof typeof limits] ?? '';
    if (length > limit) return { kind: 'too-long', field, length, limit };
  }
  for (const [part, text] of Object.entries(address ?? {})) {
    const { length } = (text as string | null) ?? '';
    if (length > addressLineMax)
      return { kind: 'too-long', field: `address.${part}`, length, limit: addressLineMax };
  }
  return undefined;
}
