import type { AdministrationId, SourceRelationId } from '../kernel/index.js';
import type { DifferingField } from './differing-fields.js';
import { sharedFieldNames, type SharedField } from './fields.js';
import { withValue } from './leading-values.js';
import type { Link } from './link.js';
import type { LinkedMember } from './members.js';
import { isChosen, type Leading, type Relation } from './relation.js';
import { isEmpty } from './same-value.js';
import { searchTextOf } from './search-text.js';

/** Two relations with all their accounts, and what a person chose. */
export interface MergePlan {
  readonly relations: readonly [Relation, Relation];
  readonly members: readonly LinkedMember[];
  readonly differing: readonly DifferingField[];
  /** Per field the account whose value leads. */
  readonly leading: Readonly<Partial<Record<SharedField, SourceRelationId>>>;
  /** Where an administration has two accounts: the one to book on; the others become aliases (product.md 3.7a). */
  readonly bookOn: readonly SourceRelationId[];
  readonly byName: string;
  readonly now: Date;
}

export interface MergedRelations {
  readonly survivor: Relation;
  readonly loser: Relation;
  /** Every link of both, as it is afterwards. */
  readonly links: readonly Link[];
}

/** Which of two relations lives on: the older one, then the smaller id. The same whoever merges in which direction (J06). */
export function survivorFirst(relations: readonly [Relation, Relation]): readonly [Relation, Relation] {
  const [one, other] = relations;
  const age = one.createdAt.getTime() - other.createdAt.getTime();
  return age < 0 || (age === 0 && one.id < other.id) ? [one, other] : [other, one];
}

/** Makes one relation of two. The loser keeps its values and leads to the survivor for ever. Pure. */
export function mergeRelations(plan: MergePlan): MergedRelations {
  const [survivor, loser] = survivorFirst(plan.relations);
  let { values } = survivor;
  const leading: Partial<Record<SharedField, Leading>> = {};
  for (const field of sharedFieldNames) {
    const taken = takeField(plan, field, [survivor, loser]);
    values = withValue(values, field, taken.value);
    if (taken.leading) leading[field] = taken.leading;
  }
  const codes = plan.members.map(({ source }) => source.fields.local.code);
  const stamp = { updatedAt: plan.now };
  return {
    survivor: {
      ...survivor,
      ...stamp,
      values,
      leading,
      searchText: searchTextOf(values, codes),
      isIntercompany: survivor.isIntercompany || loser.isIntercompany,
      version: survivor.version + 1,
    },
    loser: { ...loser, ...stamp, state: 'merged', survivorId: survivor.id, version: loser.version + 1 },
    links: linksAfter(plan, survivor),
  };
}

function takeField(
  plan: MergePlan,
  field: SharedField,
  [survivor, loser]: readonly [Relation, Relation],
): { value: Relation['values'][SharedField]; leading: Leading | undefined } {
  const valueOf = (id: SourceRelationId) =>
    plan.members.find(({ source }) => source.id === id)?.source.fields.shared[field] ?? null;
  const chosen = plan.leading[field];
  if (chosen !== undefined)
    return {
      value: valueOf(chosen),
      leading: { source: chosen, byName: plan.byName, at: plan.now.toISOString() },
    };
  const stands = [survivor, loser].find((relation) => isChosen(relation.leading[field]));
  if (stands) return { value: stands.values[field], leading: stands.leading[field] };
  const differs = plan.differing.find((differing) => differing.field === field);
  if (differs) return { value: valueOf(differs.suggested), leading: { source: differs.suggested } };
  const filled = [survivor, loser].find((relation) => !isEmpty(relation.values[field])) ?? survivor;
  return { value: filled.values[field], leading: filled.leading[field] };
}

function linksAfter(plan: MergePlan, survivor: Relation): Link[] {
  const aliases = aliasesAmong(plan);
  return plan.members.flatMap((member) =>
    member.links.map((link): Link => {
      const isAlias = aliases.get(member.source.id) ?? link.isAlias;
      if (link.relationId === survivor.id) return { ...link, isAlias };
      return { ...link, relationId: survivor.id, origin: 'person', isAlias };
    }),
  );
}

/** Per account of an administration that now has several: whether it is an alias. */
function aliasesAmong(plan: MergePlan): Map<SourceRelationId, boolean> {
  const aliases = new Map<SourceRelationId, boolean>();
  for (const accounts of accountsPerAdministration(plan.members).values()) {
    if (accounts.length < 2) continue;
    const booked = accounts.find(({ source }) => plan.bookOn.includes(source.id)) ?? suggestBookOn(accounts);
    for (const { source } of accounts) aliases.set(source.id, source.id !== booked?.source.id);
  }
  return aliases;
}

/** The linked accounts of each administration. */
export function accountsPerAdministration(
  members: readonly LinkedMember[],
): Map<AdministrationId, LinkedMember[]> {
  return Map.groupBy(
    members.filter((member) => member.isLinked),
    ({ source }) => source.administrationId,
  );
}

/** The account to book on when nobody says: one that is booked on already, not blocked, customer, lowest code. */
export function suggestBookOn(accounts: readonly LinkedMember[]): LinkedMember | undefined {
  const rank = ({ source, isAlias }: LinkedMember): string =>
    [isAlias, source.isBlocked, !source.isCustomer].map(Number).join('') +
    (source.fields.local.code ?? '').trim().padStart(18, ' ') +
    source.id;
  return [...accounts].sort((one, other) => (rank(one) < rank(other) ? -1 : 1))[0];
}
