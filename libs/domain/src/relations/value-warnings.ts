import type { SharedField, SharedValues } from './fields.js';
import { normaliseEmail, normaliseKvk, normalisePhone, vatState } from './matching/index.js';
import { isEmpty } from './same-value.js';

/** A value that is kept and shown, but does not look right (C11). */
export interface ValueWarning {
  readonly field: SharedField;
  readonly warning: 'kvk-malformed' | 'vat-check-fails' | 'email-malformed' | 'phone-malformed';
}

/** What does not look right about a relation's values. Never a reason to refuse them. */
export function warningsOf(values: SharedValues): ValueWarning[] {
  const warnings: ValueWarning[] = [];
  const country = values.address?.country ?? 'NL';
  if (isDutch(country) && !isEmpty(values.kvk) && normaliseKvk(values.kvk) === null)
    warnings.push({ field: 'kvk', warning: 'kvk-malformed' });
  if (!isEmpty(values.vat) && vatState(values.vat, country) !== 'valid')
    warnings.push({ field: 'vat', warning: 'vat-check-fails' });
  if (!isEmpty(values.email) && normaliseEmail(values.email) === null)
    warnings.push({ field: 'email', warning: 'email-malformed' });
  if (!isEmpty(values.phone) && normalisePhone(values.phone, country) === null)
    warnings.push({ field: 'phone', warning: 'phone-malformed' });
  return warnings;
}

function isDutch(country: string): boolean {
  return country === '' || country.toUpperCase() === 'NL';
}
