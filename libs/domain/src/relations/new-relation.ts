import { asId, type RelationId } from '../kernel/index.js';
import { chooseLeadingValues, type Member } from './leading-values.js';
import { rolesOf, type Link } from './link.js';
import type { Relation } from './relation.js';
import { searchTextOf } from './search-text.js';

/** The new relation of one or more accounts, values chosen automatically. */
export function newRelation(
  id: string,
  members: readonly Member[],
  facts: { now: Date; today: string },
): Relation {
  const { values, leading } = chooseLeadingValues(members, facts.today);
  return {
    id: asId<RelationId>(id),
    values,
    leading,
    searchText: searchTextOf(
      values,
      members.map(({ source }) => source.fields.local.code),
    ),
    state: 'active',
    survivorId: null,
    isIntercompany: members.some(({ source }) => source.isOwnCompany),
    version: 1,
    createdAt: facts.now,
    updatedAt: facts.now,
  };
}

/** The links of an account to a relation, one per role. */
export function linksTo(
  relationId: RelationId,
  { source }: Pick<Member, 'source'>,
  facts: { origin: Link['origin']; now: Date },
): Link[] {
  return rolesOf(source).map((role) => ({
    sourceRelationId: source.id,
    role,
    relationId,
    state: source.state === 'present' ? 'linked' : 'deleted',
    origin: facts.origin,
    isAlias: false,
    linkedAt: facts.now,
  }));
}
