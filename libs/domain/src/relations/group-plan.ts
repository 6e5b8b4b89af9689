import type { ContactHandling, RelationId, SourceRelationId } from '../kernel/index.js';
import type { Member } from './leading-values.js';
import type { Cluster } from './matching/index.js';
import { partsByRegistration } from './registration.js';

/** Accounts without a relation that become one, or join one. */
export interface Group {
  readonly members: readonly Member[];
  /** The relation that the others of their cluster have already. */
  readonly into: RelationId | null;
}

export type IdPair = readonly [SourceRelationId, SourceRelationId];

export interface GroupPlan {
  readonly groups: readonly Group[];
  /** Pairs that are certain, but that a person decides: by the contact handling, or a tie between two relations. */
  readonly certainPairs: readonly IdPair[];
}

/** What stands of the accounts of some clusters. */
export interface Standing {
  readonly members: ReadonlyMap<SourceRelationId, Member>;
  readonly relationOf: ReadonlyMap<SourceRelationId, RelationId>;
}

/**
 * What becomes of the accounts of clusters that have no relation yet. Two existing relations are never joined by themselves,
 * and an account that fits two of them joins neither (C10: a tie is never decided by row order). Who joins nothing is left
 * alone here and gets a relation of its own.
 */
export function planGroups(
  clusters: readonly Cluster[],
  { members, relationOf }: Standing,
  contactHandling: ContactHandling,
): GroupPlan {
  const groups: Group[] = [];
  const certainPairs: IdPair[] = [];
  for (const cluster of clusters) {
    const present = cluster.members
      .map((id) => members.get(id as SourceRelationId)) // a record's id is its account's
      .filter((member) => member !== undefined);
    const parts = contactHandling === 'careful' ? byRegistration(present) : [present];
    certainPairs.push(...betweenParts(parts, relationOf));
    for (const part of parts) {
      const fresh = part.filter(({ source }) => !relationOf.has(source.id));
      const settled = part.filter(({ source }) => relationOf.has(source.id));
      const relations = [...new Set(settled.map(({ source }) => relationOf.get(source.id)))];
      if (contactHandling !== 'manual' && relations.length <= 1) {
        if (fresh.length > 0) groups.push({ members: fresh, into: relations[0] ?? null });
      } else {
        certainPairs.push(...pairsOf(idsOf(fresh), idsOf(settled), relationOf));
      }
    }
  }
  return { groups, certainPairs };
}

function byRegistration(members: readonly Member[]): Member[][] {
  return partsByRegistration(members, ({ source }) => source.fields.shared);
}

/** One question per part that does not join the first by itself; none between two relations that stand. */
function betweenParts(
  [first = [], ...others]: readonly (readonly Member[])[],
  relationOf: Standing['relationOf'],
): IdPair[] {
  return others.flatMap((part): IdPair[] => {
    const [one, other] = [first[0], part[0]];
    const isSettled = [...first, ...part].every(({ source }) => relationOf.has(source.id));
    return one && other && !isSettled ? [[one.source.id, other.source.id]] : [];
  });
}

function idsOf(members: readonly Member[]): SourceRelationId[] {
  return members.map(({ source }) => source.id);
}

/** Each fresh account against one account of every relation, and the fresh ones in a row. */
function pairsOf(
  fresh: readonly SourceRelationId[],
  settled: readonly SourceRelationId[],
  relationOf: Standing['relationOf'],
): IdPair[] {
  const perRelation = new Map(settled.map((id) => [relationOf.get(id), id]));
  const pairs: IdPair[] = [];
  for (const [index, id] of fresh.entries()) {
    for (const other of perRelation.values()) pairs.push([id, other]);
    const previous = fresh[index - 1];
    if (previous && perRelation.size === 0) pairs.push([previous, id]);
  }
  return pairs;
}
