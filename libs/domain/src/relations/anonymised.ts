import { sharedFieldNames } from './fields.js';
import { chooseLeadingValues, eligibleMembers, firstFilled, withValue } from './leading-values.js';
import type { LinkedMember } from './members.js';
import type { Relation } from './relation.js';
import type { SourceRelation } from './source-relation.js';

/** Whether Exact made the account anonymous. */
export function isAnonymised({ fields }: Pick<SourceRelation, 'fields'>): boolean {
  return fields.local.isAnonymised === true;
}

/** Whether every account of a relation that is still there was made anonymous; then nothing of it is kept. */
export function isWhollyAnonymised(members: readonly LinkedMember[]): boolean {
  const there = members.filter(({ source, isLinked }) => isLinked && source.state === 'present');
  return there.length > 0 && there.every(({ source }) => isAnonymised(source));
}

/**
 * The relation without what came from accounts that were made anonymous: another account's value takes the place, else nothing does. When
 * all are, it says what Exact says of them now, also where a person had typed something.
 */
export function withoutAnonymised(
  relation: Pick<Relation, 'values' | 'leading'>,
  members: readonly LinkedMember[],
  today: string,
): Pick<Relation, 'values' | 'leading'> {
  const lost = new Set(members.filter(({ source }) => isAnonymised(source)).map(({ source }) => source.id));
  if (lost.size === 0) return relation;
  if (isWhollyAnonymised(members)) return chooseLeadingValues(members, today);
  const others = eligibleMembers(
    members.filter((member) => member.isLinked && !lost.has(member.source.id)),
    today,
  );
  let { values } = relation;
  const leading = { ...relation.leading };
  for (const field of sharedFieldNames) {
    const origin = leading[field]?.source;
    if (origin === undefined || !lost.has(origin)) continue;
    const next = firstFilled(field, others);
    values = withValue(values, field, next ? next.fields.shared[field] : field === 'name' ? '' : null);
    if (next) leading[field] = { source: next.id };
    else delete leading[field];
  }
  return { values, leading };
}
