import type { RelationId } from '../kernel/index.js';
import type { Outcome } from './matching/index.js';
import type { Comparable } from './source-relations.port.js';

/** Accounts without a relation that become one, or join one. */
export interface Group {
  readonly members: readonly Comparable[];
  /** The relation that the others of their cluster have already. */
  readonly into: RelationId | null;
}

export interface GroupPlan {
  readonly groups: readonly Group[];
  /** Pairs that are certain, but that a person decides: manual handling, or a tie between two relations. */
  readonly certainPairs: readonly (readonly [Comparable, Comparable])[];
}

/**
 * What becomes of the accounts that have no relation yet. Two existing relations are never joined by themselves, and an
 * account that fits two of them joins neither (C10: a tie is never decided by row order).
 */
export function planGroups(
  comparables: ReadonlyMap<string, Comparable>,
  clusters: Outcome['clusters'],
  contactHandling: 'automatic' | 'manual',
): GroupPlan {
  const groups: Group[] = [];
  const certainPairs: [Comparable, Comparable][] = [];
  const grouped = new Set<string>();
  for (const cluster of clusters) {
    const members = cluster.members.map((id) => comparables.get(id)).filter((member) => member !== undefined);
    const fresh = members.filter((member) => member.relationId === null);
    for (const member of fresh) grouped.add(member.record.id);
    const settled = members.filter((member) => member.relationId !== null);
    const relations = [...new Set(settled.map((member) => member.relationId))];
    if (contactHandling === 'automatic' && relations.length <= 1) {
      if (fresh.length > 0) groups.push({ members: fresh, into: relations[0] ?? null });
    } else {
      certainPairs.push(...pairsOf(fresh, settled));
      groups.push(...fresh.map(alone));
    }
  }
  for (const comparable of comparables.values())
    if (comparable.relationId === null && !grouped.has(comparable.record.id)) groups.push(alone(comparable));
  return { groups, certainPairs };
}

function alone(member: Comparable): Group {
  return { members: [member], into: null };
}

/** Each fresh account against one account of every relation, and the fresh ones in a row. */
function pairsOf(fresh: readonly Comparable[], settled: readonly Comparable[]): [Comparable, Comparable][] {
  const perRelation = new Map(settled.map((member) => [member.relationId, member]));
  const pairs: [Comparable, Comparable][] = [];
  for (const [index, member] of fresh.entries()) {
    for (const other of perRelation.values()) pairs.push([member, other]);
    const previous = fresh[index - 1];
    if (previous && perRelation.size === 0) pairs.push([previous, member]);
  }
  return pairs;
}
