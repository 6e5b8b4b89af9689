import type { SourceRelationId } from '../kernel/index.js';
import { sharedFieldNames, type SharedField } from './fields.js';
import { eligibleMembers, firstFilled } from './leading-values.js';
import type { LinkedMember } from './members.js';
import type { Leading, Relation } from './relation.js';
import { saysTheSame } from './same-value.js';

/** A field in which accounts differ, and the account whose value would lead if nobody chose. */
export interface DifferingField {
  readonly field: SharedField;
  readonly suggested: SourceRelationId;
}

/**
 * The fields that need a choice before two relations become one (C16): every field in which any two linked accounts say
 * something else; fields that all write the same need none. Suggested is what a person chose before, else the first
 * administration in order that has a value.
 */
export function differingFields(
  members: readonly LinkedMember[],
  relations: readonly Pick<Relation, 'leading'>[],
  today: string,
): DifferingField[] {
  const linked = members.filter((member) => member.isLinked);
  const [first] = linked;
  if (!first) return [];
  const eligible = eligibleMembers(
    linked.filter((member) => !member.isAlias),
    today,
  );
  return sharedFieldNames
    .filter((field) =>
      linked.some(
        ({ source }) => !saysTheSame(field, source.fields.shared[field], first.source.fields.shared[field]),
      ),
    )
    .map((field) => {
      const chosen = relations.map(({ leading }) => leading[field]).find(isPersonsSource);
      const isThere = chosen && linked.some(({ source }) => source.id === chosen.source);
      const suggested = isThere ? chosen.source : (firstFilled(field, eligible) ?? first.source).id;
      return { field, suggested };
    });
}

function isPersonsSource(leading: Leading | undefined): leading is Leading & { source: SourceRelationId } {
  return leading?.byName !== undefined && leading.source !== undefined;
}
