import { sharedFieldNames, type Address, type SharedField, type SharedValues } from '../relations/index.js';

const addressParts = ['line1', 'line2', 'line3', 'postcode', 'city', 'state', 'country'] as const;

/** The patched fields whose value in Exact is not what was written. */
export function fieldsNotTaken(patch: Partial<SharedValues>, found: SharedValues): SharedField[] {
  return sharedFieldNames.filter((field) => field in patch && !isSame(field, patch, found));
}

function isSame(field: SharedField, patch: Partial<SharedValues>, found: SharedValues): boolean {
  if (field === 'address') return isSameAddress(patch.address ?? null, found.address);
  return (patch[field] ?? '').trim() === (found[field] ?? '').trim();
}

function isSameAddress(one: Address | null, other: Address | null): boolean {
  return addressParts.every((part) => (one?.[part] ?? '').trim() === (other?.[part] ?? '').trim());
}
