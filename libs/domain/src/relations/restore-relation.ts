import type { SourceRelationId } from '../kernel/index.js';
import type { RelationPicture } from './action.js';
import { sharedFieldNames, type SharedField, type SharedValues } from './fields.js';
import { withValue } from './leading-values.js';
import type { LinkedMember } from './members.js';
import type { Leading, LeadingByField, Relation } from './relation.js';
import { isEmpty, isExactly, saysTheSame } from './same-value.js';

/** A relation as it was before an act, and what happened since. */
export interface Restoration {
  readonly before: RelationPicture;
  /** The accounts that it has again. */
  readonly members: readonly LinkedMember[];
  /** The accounts' contents at the act. */
  readonly sources: ReadonlyMap<SourceRelationId, string>;
  readonly since: {
    /** The relation that stood in between, as it is now, and as the act had left it. */
    readonly joint: Relation;
    readonly left: RelationPicture;
    /** Whether this relation is the one that stood: edits typed in the portal stay with it. */
    readonly isSurvivor: boolean;
    readonly mergedAt: Date;
  };
}

export interface RestoredValues {
  readonly values: SharedValues;
  readonly leading: LeadingByField;
  /** Fields whose later edit stays (J07). */
  readonly kept: readonly SharedField[];
}

/**
 * The values before the act, to the letter, except where life went on: an edit since stays with the relation that has its
 * account again (a typed one with the survivor), and an account that Exact changed since brings its new value along.
 */
export function restoreRelation(restoration: Restoration): RestoredValues {
  const { before } = restoration;
  let { values } = before;
  const leading: Partial<Record<SharedField, Leading>> = { ...before.leading };
  const kept: SharedField[] = [];
  for (const field of sharedFieldNames) {
    const edited = editedSince(restoration, field);
    if (edited) {
      values = withValue(values, field, edited.value);
      leading[field] = edited.leading;
      if (edited.leading.byName !== undefined) kept.push(field);
      continue;
    }
    const moved = movedSource(restoration, field);
    if (moved !== undefined) values = withValue(values, field, moved);
  }
  return { values, leading, kept };
}

function editedSince(
  { since, members }: Restoration,
  field: SharedField,
): { value: SharedValues[SharedField]; leading: Leading } | undefined {
  const { joint, left, isSurvivor, mergedAt } = since;
  const leading = joint.leading[field];
  const isSame =
    isExactly(joint.values[field], left.values[field]) &&
    leading?.source === left.leading[field]?.source &&
    leading?.at === left.leading[field]?.at;
  const isLater = leading?.at === undefined || leading.at > mergedAt.toISOString();
  if (!leading || isSame || !isLater) return undefined;
  const isMine =
    leading.source === undefined ? isSurvivor : members.some(({ source }) => source.id === leading.source);
  return isMine ? { value: joint.values[field], leading } : undefined;
}

/** The new value of the account that led the field, when Exact changed it since; what the act itself wrote there is none. */
function movedSource(
  { before, members, sources, since }: Restoration,
  field: SharedField,
): SharedValues[SharedField] | undefined {
  const led = before.leading[field]?.source;
  const member = members.find(({ source }) => source.id === led);
  if (!member || sources.get(member.source.id) === member.source.contentHash) return undefined;
  const value = member.source.fields.shared[field];
  const isOwnEcho = saysTheSame(field, value, since.left.values[field]);
  return isEmpty(value) || isOwnEcho || isExactly(value, before.values[field]) ? undefined : value;
}
