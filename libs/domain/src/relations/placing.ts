import { createIssuesOf } from '../issues/index.js';
import {
  systemActor,
  type AdministrationId,
  type RelationId,
  type SourceRelationId,
} from '../kernel/index.js';
import type { Action } from './action.js';
import { dutchDay } from './activity.js';
import { automaticMerge } from './automatic-merge.js';
import { noCounts, type CompareCounts, type CompareDeps, type CompareTx } from './compare-command.js';
import { joinRelation } from './join-relation.js';
import type { Member } from './leading-values.js';
import type { Link } from './link.js';
import { loadMembers, memberOf, type Positions } from './members.js';
import { linksTo, newRelation } from './new-relation.js';
import type { Relation } from './relation.js';

export interface PlacingWorld {
  readonly tx: CompareTx;
  readonly administrations: Positions;
}

/** A relation that accounts may join, and where it has an account already. */
interface Place {
  relation: Relation;
  readonly taken: Set<AdministrationId>;
}

/**
 * Locks the relations that may be joined, then the accounts, both by id, as merging does. Accounts are placed in memory, each
 * beside what was placed before it, until `store` writes all at once.
 */
export async function startPlacing(
  deps: CompareDeps,
  world: PlacingWorld,
  {
    fresh,
    targets,
  }: { readonly fresh: readonly SourceRelationId[]; readonly targets: readonly RelationId[] },
): Promise<Placing> {
  const { tx, administrations } = world;
  const relations = await tx.relations.findManyForUpdate(targets);
  const active = relations.filter(({ state }) => state === 'active');
  const members = await loadMembers(
    tx,
    active.map(({ id }) => id),
    { positions: administrations },
  );
  const places = active.map((relation): [RelationId, Place] => {
    const linked = (members.get(relation.id) ?? []).filter(({ isLinked }) => isLinked);
    return [relation.id, { relation, taken: new Set(linked.map(({ source }) => source.administrationId)) }];
  });
  const sources = await tx.sourceRelations.findManyForUpdate(fresh);
  const present = sources
    .filter(({ state }) => state === 'present')
    .map((source): [SourceRelationId, Member] => [source.id, memberOf(source, administrations)]);
  return new Placing(deps, tx, { places: new Map(places), members: new Map(present) });
}

/** Gives accounts without a relation one, one after the other. */
export class Placing {
  private readonly now: Date;
  private readonly added = new Map<RelationId, Place>();
  private readonly saved = new Map<RelationId, Place>();
  private readonly links: Link[] = [];
  private readonly actions: Action[] = [];
  /** What people were told of accounts that could not be made there. */
  private readonly told: string[] = [];
  private readonly placed: SourceRelationId[] = [];

  constructor(
    private readonly deps: CompareDeps,
    private readonly tx: CompareTx,
    private readonly known: {
      readonly places: ReadonlyMap<RelationId, Place>;
      readonly members: ReadonlyMap<SourceRelationId, Member>;
    },
  ) {
    this.now = deps.now();
  }

  /** The relation that the account has from now on: that one, or its own. Null when the account is gone by now. */
  place(id: SourceRelationId, target: RelationId | null): RelationId | null {
    const member = this.known.members.get(id);
    if (!member) return null;
    this.placed.push(id);
    return (target && this.join(member, target)) ?? this.standAlone(member);
  }

  async store(): Promise<CompareCounts> {
    const { tx, now } = this;
    await tx.relations.addMany([...this.added.values()].map(({ relation }) => relation));
    await tx.relations.saveMany([...this.saved.values()].map(({ relation }) => relation));
    await tx.links.putMany(this.links);
    await tx.sourceRelations.acceptAsBase(this.placed);
    if (this.told.length > 0) await tx.issues.resolve(this.told, now, systemActor.name);
    if (this.actions.length > 0) await tx.actions.addMany(this.actions);
    return {
      ...noCounts,
      created: this.placed.length,
      relations: this.added.size,
      mergedAutomatically: this.actions.length,
    };
  }

  /** Null when the relation is gone by now, or has an account in that administration already: that is a double. */
  private join(member: Member, target: RelationId): RelationId | null {
    const place = this.known.places.get(target) ?? this.added.get(target);
    if (!place || place.taken.has(member.source.administrationId)) return null;
    const { now } = this;
    const stood = place.relation;
    place.relation = joinRelation(stood, [member], now);
    place.taken.add(member.source.administrationId);
    if (!this.added.has(target)) this.saved.set(target, place);
    this.links.push(...linksTo(target, member, { origin: 'automatic', now }));
    this.told.push(...createIssuesOf(target, member.source.administrationId));
    this.actions.push(automaticMerge(this.deps.newId(), place.relation, { members: [member], stood, now }));
    return target;
  }

  private standAlone(member: Member): RelationId {
    const { now } = this;
    const relation = newRelation(this.deps.newId(), [member], { now, today: dutchDay(now) });
    this.added.set(relation.id, { relation, taken: new Set([member.source.administrationId]) });
    this.links.push(...linksTo(relation.id, member, { origin: 'own', now }));
    return relation.id;
  }
}
