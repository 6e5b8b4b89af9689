import { ok, type RelationId, type SourceRelationId } from '../kernel/index.js';
import { dutchDay } from './activity.js';
import {
  noCounts,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
  type CompareTx,
} from './compare-command.js';
import { automaticMerge } from './automatic-merge.js';
import type { Action } from './action.js';
import type { Group } from './group-plan.js';
import { joinRelation } from './join-relation.js';
import type { Member } from './leading-values.js';
import type { Link } from './link.js';
import type { KeysOfSource } from './match-keys.port.js';
import { candidateKeys } from './matching/index.js';
import { loadAdministrations, loadMembers, memberOf, type LinkedMember } from './members.js';
import { linksTo, newRelation } from './new-relation.js';
import type { Relation } from './relation.js';
import type { Comparable } from './source-relations.port.js';

interface Writes {
  readonly added: Relation[];
  readonly saved: Relation[];
  readonly links: Link[];
  readonly actions: Action[];
  merged: number;
}

/**
 * One transaction: the groups' accounts get their relations, links and keys. Throws, and stores nothing, when another
 * comparison has linked one of them meanwhile. Tells `comparables` where each account went.
 */
export async function applyGroups(
  deps: CompareDeps,
  command: CompareRun,
  portion: { readonly groups: readonly Group[]; readonly comparables: Map<string, Comparable> },
): Promise<CompareCounts> {
  const result = await deps.uow.run(command.tenantId, async (tx) => {
    const fresh = await loadFresh(tx, portion.groups);
    const writes: Writes = { added: [], saved: [], links: [], actions: [], merged: 0 };
    const joined = await loadJoined(tx, portion.groups);
    const now = deps.now();
    const world = { joined, now, today: dutchDay(now) };
    for (const group of portion.groups) {
      const members = group.members
        .map(({ record }) => fresh.get(record.id))
        .filter((member) => member !== undefined);
      if (members.length > 0) placeGroup(deps, { group, members, ...world }, writes);
    }
    await store(tx, writes, keysOf(portion.groups, fresh));
    return ok({ links: writes.links, counts: countsOf(writes, fresh.size) });
  });
  if (!result.ok) return noCounts; // never: `work` has no expected failure
  for (const { sourceRelationId, relationId } of result.value.links) {
    const comparable = portion.comparables.get(sourceRelationId);
    if (comparable) portion.comparables.set(sourceRelationId, { ...comparable, relationId });
  }
  return result.value.counts;
}

async function loadFresh(tx: CompareTx, groups: readonly Group[]): Promise<Map<string, Member>> {
  const ids = groups.flatMap((group) => group.members.map(({ record }) => record.id as SourceRelationId));
  const positions = await loadAdministrations(tx);
  const sources = await tx.sourceRelations.findMany(ids);
  const present = sources.filter((source) => source.state === 'present');
  return new Map(present.map((source) => [source.id, memberOf(source, positions)]));
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
  readonly members: readonly Member[];
  readonly joined: Joined;
  readonly now: Date;
  /** YYYY-MM-DD. */
  readonly today: string;
}

function placeGroup(deps: CompareDeps, place: Place, writes: Writes): void {
  const { group, members, joined, now } = place;
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
    link(deps, { relation, members: joining, origin: 'automatic' }, writes);
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
    writes.actions.push(automaticMerge(deps.newId(), joint.relation.id, { members: joint.members, now }));
}

function keysOf(groups: readonly Group[], fresh: ReadonlyMap<string, Member>): KeysOfSource[] {
  return groups
    .flatMap((group) => group.members)
    .filter(({ record }) => fresh.has(record.id))
    .map(({ record }) => ({ sourceRelationId: record.id as SourceRelationId, keys: candidateKeys(record) }));
}

async function store(tx: CompareTx, writes: Writes, keys: readonly KeysOfSource[]): Promise<void> {
  await tx.relations.addMany(writes.added);
  await tx.relations.saveMany(lastOfEach(writes.saved));
  await tx.links.addMany(writes.links);
  await tx.actions.addMany(writes.actions);
  await tx.matchKeys.addFirst(keys);
  await tx.sourceRelations.acceptAsBase(keys.map(({ sourceRelationId }) => sourceRelationId));
}

function lastOfEach(relations: readonly Relation[]): Relation[] {
  return [...new Map(relations.map((relation) => [relation.id, relation])).values()];
}

function countsOf(writes: Writes, created: number): CompareCounts {
  return { ...noCounts, relations: writes.added.length, mergedAutomatically: writes.merged, created };
}
