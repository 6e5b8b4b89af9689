import type { SharedField, SharedValues } from './fields.js';
import { isEmpty } from './same-value.js';

/** A value on one line for people; null when it is empty. */
export function textOfValue(value: SharedValues[SharedField] | undefined): string | null {
  if (value === undefined || value === null || isEmpty(value)) return null;
  if (typeof value === 'string') return value;
  const town = [value.postcode, value.city].filter(Boolean).join(' ');
  return [value.line1, value.line2, value.line3, town, value.state, value.country].filter(Boolean).join(', ');
}
