import type { SharedField, SharedValues } from '@koppel/contracts';

/** A shared value as one line to read; undefined when empty. */
export function valueText(values: SharedValues, field: SharedField): string | undefined {
  const value = values[field];
  if (value === null) return undefined;
  if (typeof value === 'string') return value === '' ? undefined : value;
  const { line1, line2, line3, postcode, city, state, country } = value;
  const place = [postcode, city].filter(Boolean).join(' ');
  return [line1, line2, line3, place, state, country].filter(Boolean).join(', ') || undefined;
}
