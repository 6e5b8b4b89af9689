import { evaluate } from './evaluate.js';
import type { Batch, Edge } from './pair-edges.js';
import { isDoublePair } from './rivals.js';
import { askFrom, automaticFrom } from './weights.js';

/** Disjoint groups of records, and the edges that could not join theirs. */
export interface Clustering {
  /** Group number of each record; records alone have a number of their own. */
  readonly groupOf: Int32Array;
  readonly groups: ReadonlyMap<number, readonly number[]>;
  /** Automatic edges that a contradiction, an administration rule or a weak bridge kept from joining. */
  readonly blocked: ReadonlySet<Edge>;
}

/** certain: nothing doubtful inside a group; likely: the most probable groups, weak bridges and slips of the pen included. */
export type ClusterPolicy = 'certain' | 'likely';

/**
 * Joins greedily from the best edge down, judged ones first. Two groups join only if no pair across them contradicts
 * itself, their average fits, no administration comes twice, and the tie is more than one weak bridge. Edges come sorted, so
 * the result does not depend on the order of the records (matching.md, section 3, "Clustering").
 */
export function cluster(batch: Batch, edges: readonly Edge[], policy: ClusterPolicy = 'certain'): Clustering {
  const groupOf = Int32Array.from(batch.records.keys());
  const groups = new Map<number, number[]>();
  const blocked = new Set<Edge>();
  const members = (group: number): number[] => groups.get(group) ?? [group];
  for (const edge of [...edges.filter((e) => e.isJudgedSame), ...edges.filter((e) => !e.isJudgedSame)]) {
    const [into, from] = orderGroups(groupOf[edge.a] ?? 0, groupOf[edge.b] ?? 0);
    if (into === from) continue;
    if (!mayJoin(batch, { edge, left: members(into), right: members(from), policy })) {
      blocked.add(edge);
      continue;
    }
    const joined = [...members(into), ...members(from)].sort((x, y) => x - y);
    for (const position of members(from)) groupOf[position] = into;
    groups.delete(from);
    groups.set(into, joined);
  }
  return { groupOf, groups, blocked };
}

/** The score of the worst pair inside a group, rejected ones included (case C09). */
export function worstScore(batch: Batch, members: readonly number[]): number {
  let worst = Number.POSITIVE_INFINITY;
  for (let x = 1; x < members.length; x++) {
    for (let y = 0; y < x; y++) {
      const pair = evaluateAt(batch, members[y] ?? 0, members[x] ?? 0);
      if (pair) worst = Math.min(worst, pair.score);
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
  const seen = new Set(left.map((position) => batch.records[position]?.administrationId));
  const isTwice = right.some((position) => seen.has(batch.records[position]?.administrationId));
  if (isTwice && batch.administrations === 'one-each' && !edge.isJudgedSame) return false;
  let sum = 0;
  let strong = 0;
  for (const i of left) {
    for (const j of right) {
      const pair = evaluateAt(batch, i, j);
      if (!pair || !mayStandTogether(pair, edge.isJudgedSame, policy)) return false;
      sum += pair.score;
      if (pair.band === 'automatic' || pair.score >= automaticFrom) strong++;
    }
  }
  if (edge.isJudgedSame) return true;
  const isBridge =
    policy === 'certain' && left.length > 1 && right.length > 1 && strong < 2 && !edge.isRegistered;
  return !isBridge && sum / (left.length * right.length) >= askFrom;
}

// A person's "same" outranks all but another person's "different".
function mayStandTogether(
  pair: ReturnType<typeof evaluate>,
  isJudged: boolean,
  policy: ClusterPolicy,
): boolean {
  if (isJudged) return pair.vetoes[0] !== 'veto-judged-different';
  const isRegistered = pair.comparison.kvk === 'equal' || pair.comparison.vat === 'equal';
  const isDoubtful =
    (policy === 'certain' && pair.comparison.kvk === 'near') ||
    (pair.comparison.form === 'different' && !isRegistered);
  return pair.isJudgedSame || (pair.vetoes.length === 0 && !isDoubtful);
}

function evaluateAt(batch: Batch, i: number, j: number): ReturnType<typeof evaluate> | null {
  const one = batch.records[i];
  const other = batch.records[j];
  return one && other ? evaluate(one, other, batch) : null;
}

/** Edges between administrations that may join by themselves: automatic or judged, and not contested. */
export function joiningEdges(batch: Batch, edges: readonly Edge[], contested: ReadonlySet<Edge>): Edge[] {
  return edges.filter(
    (edge) => edge.isJudgedSame || (edge.isAutomatic && !contested.has(edge) && !isDoublePair(batch, edge)),
  );
}
