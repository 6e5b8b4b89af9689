import { activityOf } from './activity.js';
import { sharedFieldNames, type SharedField, type SharedValues } from './fields.js';
import type { Leading, LeadingByField } from './relation.js';
import { isEmpty } from './same-value.js';
import type { SourceRelation } from './source-relation.js';

/** A linked account, with its administration's place in the order of selection. */
export interface Member {
  readonly source: SourceRelation;
  readonly position: number;
  /** Fields that this administration keeps to itself (product.md 3.3). */
  readonly localFields: readonly SharedField[];
}

export interface LeadingValues {
  readonly values: SharedValues;
  readonly leading: LeadingByField;
}

/** What says nothing. */
export const nothing: SharedValues = {
  name: '',
  tradeName: null,
  kvk: null,
  vat: null,
  rsin: null,
  address: null,
  email: null,
  phone: null,
  website: null,
};

/**
 * Chooses per field whose value leads: the first administration in order that has one. Empty never wins over filled
 * (product.md 3.13); a blocked, ended, anonymous or deleted account wins nothing while another is left (3.10, 3.20); an address is one block
 * (C16). The order of `members` does not matter. At least one member.
 */
export function chooseLeadingValues(members: readonly Member[], today: string): LeadingValues {
  const eligible = eligibleMembers(members, today);
  let values: SharedValues = nothing;
  const leading: Partial<Record<SharedField, Leading>> = {};
  for (const field of sharedFieldNames) {
    const source = firstFilled(field, eligible);
    if (!source) continue;
    values = withValue(values, field, source.fields.shared[field]);
    leading[field] = { source: source.id };
  }
  return { values, leading };
}

/** The members that may win a field by themselves, in order; all of them when none may. */
export function eligibleMembers(members: readonly Member[], today: string): Member[] {
  const inOrder = [...members].sort(byPosition);
  const present = inOrder.filter(({ source }) => source.state === 'present');
  const named = present.filter(({ source }) => source.fields.local.isAnonymised !== true);
  const usable = named.filter(({ source }) => {
    const activity = activityOf({ ...source.fields.local, isBlocked: source.isBlocked }, today);
    return activity === 'active' || activity === 'not-yet-active';
  });
  if (usable.length > 0) return usable;
  if (named.length > 0) return named;
  return present.length > 0 ? present : inOrder;
}

/** The first member in order that has a value for the field; one that keeps it to itself only when nobody else has one. */
export function firstFilled(field: SharedField, eligible: readonly Member[]): SourceRelation | undefined {
  const filled = eligible.filter(({ source }) => !isEmpty(source.fields.shared[field]));
  return (filled.find(({ localFields }) => !localFields.includes(field)) ?? filled[0])?.source;
}

/** The values with one field replaced. */
export function withValue(
  values: SharedValues,
  field: SharedField,
  value: SharedValues[SharedField],
): SharedValues {
  return { ...values, [field]: value }; // `value` is one of the field's own, which the key cannot say
}

function byPosition(one: Member, other: Member): number {
  if (one.position !== other.position) return one.position - other.position;
  return one.source.id < other.source.id ? -1 : 1;
}
