import { systemActor, type SourceRelationId } from '../kernel/index.js';
import { isAnonymised, withoutAnonymised } from './anonymised.js';
import type { Conflict } from './conflict.js';
import { candidatesOf, hasSameCandidates, openConflict } from './conflict-sides.js';
import { sharedFieldNames, type SharedField, type SharedValues } from './fields.js';
import { eligibleMembers, firstFilled, withValue } from './leading-values.js';
import type { LinkedMember } from './members.js';
import { isUnderWay, valuesIn, type PendingWrites } from './pending-writes.js';
import { isChosen, type Leading, type Relation } from './relation.js';
import { isEmpty, isExactly, saysTheSame } from './same-value.js';
import { searchTextOf } from './search-text.js';
import { mergeField, type Edit } from './three-way.js';

/** A relation, all its accounts as they are now, and which of them changed since they were last compared. */
export interface ChangedRelation {
  readonly relation: Relation;
  readonly members: readonly LinkedMember[];
  readonly changed: ReadonlySet<SourceRelationId>;
  readonly openConflicts: readonly Conflict[];
  /** What Koppel itself is about to write into the accounts. */
  readonly pending: PendingWrites;
}

export interface MergeFacts {
  readonly newId: () => string;
  readonly now: Date;
  readonly today: string;
}

export interface MergedChanges {
  /** Undefined when nothing about the relation changes. */
  readonly relation: Relation | undefined;
  readonly newConflicts: readonly Conflict[];
  readonly savedConflicts: readonly Conflict[];
  /** Accounts that should hear of a new value: those that said the old one. */
  readonly spread: readonly { readonly field: SharedField; readonly to: LinkedMember }[];
  /** Waiting writes that would overwrite somebody's edit. */
  readonly withdrawn: readonly { readonly field: SharedField; readonly to: LinkedMember }[];
}

/** Carries the accounts' changes into their relation, field by field. Pure; without changes it changes nothing. */
export function mergeChanges(changed: ChangedRelation, facts: MergeFacts): MergedChanges {
  const { relation, members } = changed;
  const kept = withoutAnonymised(relation, members, facts.today);
  let { values } = kept;
  const leading: Partial<Record<SharedField, Leading>> = { ...kept.leading };
  const found = new Findings();
  for (const field of sharedFieldNames) {
    const open = changed.openConflicts.find((conflict) => conflict.field === field);
    const edits = editsOf(changed, field);
    const sides = {
      field,
      value: values[field],
      leading: leading[field],
      edits,
      hasOpenConflict: open !== undefined,
    };
    const outcome = mergeField(sides);
    if (outcome.kind === 'take') {
      const old = values[field];
      values = withValue(values, field, outcome.edit.now);
      if (!isChosen(leading[field]) || leading[field]?.source === undefined)
        leading[field] = { source: outcome.edit.source };
      if (!outcome.isRespelling) found.spreadTo(changed, { field, old, now: outcome.edit.now });
    } else if (outcome.kind === 'keep') {
      const next = rechoose(field, { values, leading: leading[field] }, { members, today: facts.today });
      if (next) [values, leading[field]] = [withValue(values, field, next.value), next.leading];
    }
    const disputed = outcome.kind === 'conflict' ? outcome.edits : [];
    found.dispute(changed, { field, open, value: values[field], edits: disputed }, facts);
    found.withdraw(changed, { field, value: values[field], edits });
  }
  return found.result(changed, { values, leading }, facts);
}

/** What others did in Exact: our own write, met before its answer was known here, is nobody's edit. */
function editsOf({ members, changed, pending }: ChangedRelation, field: SharedField): Edit[] {
  return members
    .filter(({ source, isLinked }) => isLinked && changed.has(source.id) && source.state === 'present')
    .filter(({ localFields }) => !localFields.includes(field))
    .filter(({ source }) => !isAnonymised(source))
    .map(({ source }) => ({
      source: source.id,
      base: (source.base ?? source.fields.shared)[field],
      now: source.fields.shared[field],
    }))
    .filter((edit) => !isExactly(edit.base, edit.now))
    .filter(({ source, now }) => {
      const own = valuesIn((pending.get(source) ?? []).filter(isUnderWay), field);
      return !own.some((value) => saysTheSame(field, value, now));
    });
}

/** An automatic choice moves on when its account is deleted, blocked or ended and another has a value (product.md 3.10). */
function rechoose(
  field: SharedField,
  stands: { readonly values: SharedValues; readonly leading: Leading | undefined },
  world: { readonly members: readonly LinkedMember[]; readonly today: string },
): { value: SharedValues[SharedField]; leading: Leading } | undefined {
  const { leading } = stands;
  if (leading?.source === undefined || isChosen(leading)) return undefined;
  const linked = world.members.filter((member) => member.isLinked && !member.isAlias);
  const eligible = eligibleMembers(linked, world.today);
  if (eligible.some(({ source }) => source.id === leading.source)) return undefined;
  const next = firstFilled(field, eligible);
  return next && { value: next.fields.shared[field], leading: { source: next.id } };
}

/** Collects what the fields lead to. */
class Findings {
  private readonly newConflicts: Conflict[] = [];
  private readonly savedConflicts: Conflict[] = [];
  private readonly spread: { field: SharedField; to: LinkedMember }[] = [];
  private readonly withdrawn: { field: SharedField; to: LinkedMember }[] = [];

  /**
   * Only to accounts that said the old value, or for which another is meant already: who stood apart, or edited meanwhile, is never
   * overwritten unseen.
   */
  spreadTo(
    { members, pending }: ChangedRelation,
    change: { field: SharedField; old: SharedValues[SharedField]; now: SharedValues[SharedField] },
  ): void {
    for (const to of members) {
      const says = to.source.fields.shared[change.field];
      const meant = valuesIn(pending.get(to.source.id) ?? [], change.field);
      const isFollowing = meant.length > 0 || saysTheSame(change.field, says, change.old);
      const hears =
        isFollowing && [says, ...meant].some((each) => !saysTheSame(change.field, each, change.now));
      if (hears) this.spread.push({ field: change.field, to });
    }
  }

  dispute(
    changed: ChangedRelation,
    about: {
      field: SharedField;
      open: Conflict | undefined;
      value: SharedValues[SharedField];
      edits: readonly Edit[];
    },
    facts: MergeFacts,
  ): void {
    const { open, edits } = about;
    if (!open && edits.length === 0) return;
    const sides = new Set<string>([
      ...(open?.candidates ?? []).map(({ side }) => side),
      ...edits.map(({ source }) => source),
    ]);
    const candidates = candidatesOf(changed, { ...about, sides });
    if (!open) {
      const base = edits[0]?.base ?? null;
      this.newConflicts.push(
        openConflict(facts, { relationId: changed.relation.id, field: about.field, base, candidates }),
      );
    } else if (candidates.length === 1) {
      const closed = { state: 'resolved' as const, resolvedAt: facts.now, resolvedBy: systemActor.name };
      this.savedConflicts.push({ ...open, ...closed, version: open.version + 1 });
    } else if (!hasSameCandidates(open, candidates, about.field)) {
      this.savedConflicts.push({ ...open, candidates, version: open.version + 1 });
    }
  }

  withdraw(
    { members }: ChangedRelation,
    about: { field: SharedField; value: SharedValues[SharedField]; edits: readonly Edit[] },
  ): void {
    const { field, value } = about;
    for (const edit of about.edits) {
      const to = members.find(({ source }) => source.id === edit.source);
      // Empty never wins over filled: it stops nothing either.
      if (to && !isEmpty(edit.now) && !saysTheSame(field, edit.now, value))
        this.withdrawn.push({ field, to });
    }
  }

  result(
    { relation, members }: ChangedRelation,
    next: Pick<Relation, 'values' | 'leading'>,
    facts: MergeFacts,
  ): MergedChanges {
    const linked = members.filter((member) => member.isLinked);
    const isIntercompany =
      linked.length === 0 ? relation.isIntercompany : linked.some(({ source }) => source.isOwnCompany);
    const searchText = searchTextOf(
      next.values,
      members.map(({ source }) => source.fields.local.code),
    );
    const isSame =
      sharedFieldNames.every(
        (field) =>
          isExactly(relation.values[field], next.values[field]) &&
          relation.leading[field]?.source === next.leading[field]?.source,
      ) &&
      isIntercompany === relation.isIntercompany &&
      searchText === relation.searchText;
    const { newConflicts, savedConflicts, spread, withdrawn } = this;
    return {
      relation: isSame
        ? undefined
        : {
            ...relation,
            ...next,
            searchText,
            isIntercompany,
            version: relation.version + 1,
            updatedAt: facts.now,
          },
      newConflicts,
      savedConflicts,
      spread,
      withdrawn,
    };
  }
}
