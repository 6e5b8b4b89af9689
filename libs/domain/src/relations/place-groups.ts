import type { RelationId } from '../kernel/index.js';
import type { Action } from './action.js';
import { dutchDay } from './activity.js';
import { automaticMerge } from './automatic-merge.js';
import { noCounts, type CompareCounts, type CompareDeps, type CompareTx } from './compare-command.js';
import type { Group } from './group-plan.js';
import { joinRelation } from './join-relation.js';
import type { Member } from './leading-values.js';
import type { Link } from './link.js';
import { loadAdministrations, loadMembers, type LinkedMember } from './members.js';
import { linksTo, newRelation } from './new-relation.js';
import type { Relation } from './relation.js';

interface Writes {
  readonly added: Relation[];
  readonly saved: Relation[];
  readonly links: Link[];
  readonly actions: Action[];
  merged: number;
}

/** Gives the accounts of each group one relation and their links. Throws when one of them is linked by now. */
export async function placeGroups(
  deps: CompareDeps,
  tx: CompareTx,
  groups: readonly Group[],
): Promise<CompareCounts> {
  if (groups.length === 0) return noCounts;
  const writes: Writes = { added: [], saved: [], links: [], actions: [], merged: 0 };
  const joined = await loadJoined(tx, groups);
  const now = deps.now();
  const world = { joined, now, today: dutchDay(now) };
  for (const group of groups) placeGroup(deps, { group, ...world }, writes);
  const placed = groups.flatMap(({ members }) => members);
  await store(tx, writes, placed);
  return countsOf(writes, placed.length);
}

interface Joined {
  readonly relations: Map<RelationId, Relation>;
  readonly members: ReadonlyMap<RelationId, readonly LinkedMember[]>;
}

async function loadJoined(tx: CompareTx, groups: readonly Group[]): Promise<Joined> {
  const ids = [...new Set(groups.map((group) => group.into).filter((id) => id !== null))];
  if (ids.length === 0) return { relations: new Map(), members: new Map() };
  const relations = await tx.relations.findManyForUpdate(ids);
  const active = relations.filter((relation) => relation.state === 'active');
  return {
    relations: new Map(active.map((relation) => [relation.id, relation])),
    members: await loadMembers(tx, ids, { positions: await loadAdministrations(tx) }),
  };
}

interface Place {
  readonly group: Group;
  readonly joined: Joined;
  readonly now: Date;
  /** YYYY-MM-DD. */
  readonly today: string;
}

function placeGroup(deps: CompareDeps, place: Place, writes: Writes): void {
  const { group, joined, now } = place;
  const { members } = group;
  const target = group.into === null ? undefined : joined.relations.get(group.into);
  const others = (target && joined.members.get(target.id)) ?? [];
  // A relation has one account per administration; a second one is a double for a person (product.md 3.7).
  const stands = new Set(
    others.filter((other) => other.isLinked).map((other) => other.source.administrationId),
  );
  const joining = target ? members.filter((member) => !stands.has(member.source.administrationId)) : [];
  if (target && joining.length > 0) {
    const relation = joinRelation(target, joining, now);
    joined.relations.set(relation.id, relation);
    writes.saved.push(relation);
    link(deps, { relation, stood: target, members: joining, origin: 'automatic' }, writes);
    writes.merged += joining.length;
  }
  const rest = members.filter((member) => !joining.includes(member));
  for (const own of target ? rest.map((member) => [member]) : [rest]) {
    if (own.length === 0) continue;
    const relation = newRelation(deps.newId(), own, place);
    writes.added.push(relation);
    link(deps, { relation, members: own, origin: own.length > 1 ? 'automatic' : 'own' }, writes);
    writes.merged += own.length - 1;
  }
}

function link(
  deps: CompareDeps,
  joint: {
    readonly relation: Relation;
    /** The relation before they joined it. */
    readonly stood?: Relation;
    readonly members: readonly Member[];
    readonly origin: Link['origin'];
  },
  writes: Writes,
): void {
  const now = deps.now();
  const links = joint.members.flatMap((member) =>
    linksTo(joint.relation.id, member, { origin: joint.origin, now }),
  );
  writes.links.push(...links);
  if (joint.origin === 'automatic')
    writes.actions.push(automaticMerge(deps.newId(), joint.relation, { ...joint, now }));
}

async function store(tx: CompareTx, writes: Writes, placed: readonly Member[]): Promise<void> {
  await tx.relations.addMany(writes.added);
  await tx.relations.saveMany(lastOfEach(writes.saved));
  await tx.links.addMany(writes.links);
  await tx.actions.addMany(writes.actions);
  const changed = placed.filter(({ source }) => source.base !== null).map(({ source }) => source.id);
  if (changed.length > 0) await tx.sourceRelations.acceptAsBase(changed);
}

function lastOfEach(relations: readonly Relation[]): Relation[] {
  return [...new Map(relations.map((relation) => [relation.id, relation])).values()];
}

function countsOf(writes: Writes, created: number): CompareCounts {
  return { ...noCounts, relations: writes.added.length, mergedAutomatically: writes.merged, created };
}
