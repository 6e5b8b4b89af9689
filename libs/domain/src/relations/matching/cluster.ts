import type { Edge, Edges } from './edges.js';
import type { Batch } from './pair-edges.js';
import { pairFlag } from './pair-flags.js';
import { isDoublePair } from './rivals.js';

/** Disjoint groups of records, and the edges that could not join theirs. */
export interface Clustering {
  /** Group number of each record; records alone have a number of their own. */
  readonly groupOf: Int32Array;
  readonly groups: ReadonlyMap<number, readonly number[]>;
  /** The places of automatic edges that a contradiction, an administration rule or a weak bridge kept from joining. */
  readonly blocked: ReadonlySet<number>;
}

/** certain: nothing doubtful inside a group; likely: the most probable groups, weak bridges and slips of the pen included. */
export type ClusterPolicy = 'certain' | 'likely';

/**
 * Joins the edges in those places greedily from the best down, judged ones first. Two groups join only if no pair across them contradicts
 * itself, their average fits, no administration comes twice, and the tie is more than one weak bridge. Edges come sorted, so
 * the result does not depend on the order of the records (matching.md, section 3, "Clustering").
 */
export function cluster(
  batch: Batch,
  edges: Edges,
  { places, policy = 'certain' }: { readonly places: Int32Array; readonly policy?: ClusterPolicy },
): Clustering {
  const groupOf = Int32Array.from({ length: batch.records.length }, (_, r) => r);
  const groups = new Map<number, number[]>();
  const blocked = new Set<number>();
  const members = (group: number): number[] => groups.get(group) ?? [group];
  for (const edge of judgedFirst(edges, places)) {
    const [into, from] = orderGroups(groupOf[edge.a] ?? 0, groupOf[edge.b] ?? 0);
    if (into === from) continue;
    if (!mayJoin(batch, { edge, left: members(into), right: members(from), policy })) {
      blocked.add(edge.place);
      continue;
    }
    const joined = [...members(into), ...members(from)].sort((x, y) => x - y);
    for (const position of members(from)) groupOf[position] = into;
    groups.delete(from);
    groups.set(into, joined);
  }
  return { groupOf, groups, blocked };
}

function* judgedFirst(edges: Edges, places: Int32Array): Generator<Edge> {
  for (const isJudged of [true, false])
    for (const place of places) {
      const edge = edges.at(place);
      if (edge.isJudgedSame === isJudged) yield edge;
    }
}

/** The score of the worst pair inside a group, rejected ones included (case C09). */
export function worstScore(batch: Batch, members: readonly number[]): number {
  let worst = Number.POSITIVE_INFINITY;
  for (let x = 1; x < members.length; x++) {
    for (let y = 0; y < x; y++) {
      const place = batch.pairs.find(members[y] ?? 0, members[x] ?? 0);
      worst = Math.min(worst, batch.pairs.scores[place] ?? 0);
    }
  }
  return worst;
}

function orderGroups(one: number, other: number): [number, number] {
  return one < other ? [one, other] : [other, one];
}

interface Join {
  readonly edge: Edge;
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly policy: ClusterPolicy;
}

const clusterSizeMax = 500;

function mayJoin(batch: Batch, { edge, left, right, policy }: Join): boolean {
  if (left.length + right.length > clusterSizeMax) return false;
  if (batch.administrations === 'one-each' && !edge.isJudgedSame && haveOneInCommon(batch, left, right))
    return false;
  const { pairs } = batch;
  let sum = 0;
  let strong = 0;
  for (const i of left) {
    for (const j of right) {
      const place = i < j ? pairs.find(i, j) : pairs.find(j, i);
      const flags = pairs.flags[place] ?? 0;
      if (!mayStandTogether(flags, edge.isJudgedSame, policy)) return false;
      const score = pairs.scores[place] ?? 0;
      sum += score;
      if ((flags & pairFlag.automatic) !== 0 || score >= batch.rules.schema.bands.automaticFrom) strong++;
    }
  }
  if (edge.isJudgedSame) return true;
  const isBridge =
    policy === 'certain' && left.length > 1 && right.length > 1 && strong < 2 && !edge.isRegistered;
  return !isBridge && sum / (left.length * right.length) >= batch.rules.schema.bands.askFrom;
}

function haveOneInCommon({ records }: Batch, left: readonly number[], right: readonly number[]): boolean {
  return left.some((i) => right.some((j) => records.administrationAt(i) === records.administrationAt(j)));
}

// A person's "same" outranks all but another person's "different".
function mayStandTogether(flags: number, isJudged: boolean, policy: ClusterPolicy): boolean {
  if (isJudged) return (flags & pairFlag.judgedDifferent) === 0;
  if ((flags & pairFlag.judgedSame) !== 0) return true;
  const isDoubtful =
    (policy === 'certain' && (flags & (pairFlag.kvkNear | pairFlag.placeUnsure)) !== 0) ||
    ((flags & pairFlag.formDifferent) !== 0 && (flags & pairFlag.registered) === 0);
  return (flags & pairFlag.vetoed) === 0 && !isDoubtful;
}

/** The places of edges between administrations that may join by themselves: automatic or judged, and not contested. */
export function joiningEdges(batch: Batch, edges: Edges, contested: ReadonlySet<number>): Int32Array {
  return edges.placesOf(
    (edge) =>
      edge.isJudgedSame || (edge.isAutomatic && !contested.has(edge.place) && !isDoublePair(batch, edge)),
  );
}
