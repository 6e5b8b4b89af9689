import { asId, type ConflictId, type RelationId } from '../kernel/index.js';
import { isAnonymised } from './anonymised.js';
import type { Conflict, ConflictCandidate } from './conflict.js';
import type { SharedField, SharedValues } from './fields.js';
import type { LinkedMember } from './members.js';
import { isEmpty, saysTheSame } from './same-value.js';

interface DisputedRelation {
  readonly members: readonly LinkedMember[];
}

/** The relation's own value first, then what each disputing account says now; who agrees again is no side. */
export function candidatesOf(
  { members }: DisputedRelation,
  about: { field: SharedField; value: SharedValues[SharedField]; sides: ReadonlySet<string> },
): ConflictCandidate[] {
  const own: ConflictCandidate = {
    side: 'relation',
    administrationId: null,
    value: about.value,
    changedAt: null,
  };
  const others = members
    .filter(({ source, isLinked }) => isLinked && source.state === 'present' && about.sides.has(source.id))
    .filter(({ source }) => !isAnonymised(source))
    .map(({ source }) => ({
      side: source.id,
      administrationId: source.administrationId,
      value: source.fields.shared[about.field],
      changedAt: (source.modifiedAt ?? source.changedAt).toISOString(),
    }))
    .filter(({ value }) => !isEmpty(value) && !saysTheSame(about.field, value, about.value));
  return [own, ...others];
}

/** A new conflict. */
export function openConflict(
  facts: { readonly newId: () => string; readonly now: Date },
  about: {
    relationId: RelationId;
    field: SharedField;
    base: SharedValues[SharedField];
    candidates: readonly ConflictCandidate[];
  },
): Conflict {
  return {
    id: asId<ConflictId>(facts.newId()),
    relationId: about.relationId,
    field: about.field,
    base: about.base,
    candidates: about.candidates,
    state: 'open',
    openedAt: facts.now,
    resolvedAt: null,
    resolvedBy: null,
    version: 1,
  };
}

/** Whether an open conflict has these sides already. */
export function hasSameCandidates(
  open: Conflict,
  candidates: readonly ConflictCandidate[],
  field: SharedField,
): boolean {
  return (
    open.candidates.length === candidates.length &&
    open.candidates.every((candidate, index) => {
      const other = candidates[index];
      return other?.side === candidate.side && saysTheSame(field, other.value, candidate.value);
    })
  );
}
