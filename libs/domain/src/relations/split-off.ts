import { asId, type RelationId, type SourceRelationId } from '../kernel/index.js';
import { sharedFieldNames, type SharedField } from './fields.js';
import { eligibleMembers, firstFilled, withValue } from './leading-values.js';
import type { Link } from './link.js';
import type { LinkedMember } from './members.js';
import { accountsPerAdministration, suggestBookOn } from './merge-relations.js';
import { newRelation } from './new-relation.js';
import type { Leading, Relation } from './relation.js';
import { searchTextOf } from './search-text.js';

export interface SplitFacts {
  readonly newId: () => string;
  readonly now: Date;
  readonly today: string;
}

export interface Split {
  /** What is left of the relation. */
  readonly rest: Relation;
  /** One new relation per account that leaves. */
  readonly created: readonly Relation[];
  /** Links that change. */
  readonly links: readonly Link[];
  readonly relationOf: ReadonlyMap<SourceRelationId, RelationId>;
}

/**
 * Takes accounts out of a relation, each into one of its own. Fields that a leaving account led are led by who stays, or
 * become empty; what was typed by hand stays. Pure.
 */
export function splitOff(
  relation: Relation,
  members: readonly LinkedMember[],
  leaving: { readonly ids: ReadonlySet<SourceRelationId>; readonly facts: SplitFacts },
): Split {
  const { ids, facts } = leaving;
  const staying = members.filter(({ source }) => !ids.has(source.id));
  const created: Relation[] = [];
  const links: Link[] = bookedAgain(staying);
  const relationOf = new Map<SourceRelationId, RelationId>();
  for (const member of members.filter(({ source }) => ids.has(source.id))) {
    const own = newRelation(facts.newId(), [member], facts);
    created.push(own);
    relationOf.set(member.source.id, asId<RelationId>(own.id));
    links.push(
      ...member.links.map(
        (link) => ({ ...link, relationId: own.id, origin: 'person', isAlias: false }) as const,
      ),
    );
  }
  return { rest: restOf(relation, staying, facts), created, links, relationOf };
}

/** Where only aliases of an administration stay, one is booked on again. */
function bookedAgain(staying: readonly LinkedMember[]): Link[] {
  const links: Link[] = [];
  for (const accounts of accountsPerAdministration(staying).values()) {
    if (accounts.some((account) => !account.isAlias)) continue;
    const booked = suggestBookOn(accounts);
    links.push(...(booked?.links ?? []).map((link) => ({ ...link, isAlias: false })));
  }
  return links;
}

function restOf(relation: Relation, staying: readonly LinkedMember[], facts: SplitFacts): Relation {
  let { values } = relation;
  const leading: Partial<Record<SharedField, Leading>> = { ...relation.leading };
  const linked = staying.filter((member) => member.isLinked);
  const eligible = eligibleMembers(linked.length > 0 ? linked : staying, facts.today);
  for (const field of sharedFieldNames) {
    const led = leading[field]?.source;
    if (led === undefined || staying.some(({ source }) => source.id === led)) continue;
    const next = firstFilled(field, eligible);
    values = withValue(values, field, next ? next.fields.shared[field] : null);
    if (next) leading[field] = { source: next.id };
    else delete leading[field];
  }
  return {
    ...relation,
    values,
    leading,
    searchText: searchTextOf(
      values,
      staying.map(({ source }) => source.fields.local.code),
    ),
    isIntercompany: staying.some(({ source }) => source.isOwnCompany),
    version: relation.version + 1,
    updatedAt: facts.now,
  };
}
