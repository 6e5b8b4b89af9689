import { cluster, worstScore, type Clustering } from './cluster.js';
import { evaluate } from './evaluate.js';
import { explain } from './explain.js';
import type { FreeAnswers } from './free-answers.js';
import type { Cluster, Doubles, PairVerdict } from './match-record.js';
import type { Edge, Edges } from './edges.js';
import type { Batch } from './pair-edges.js';
import { isSetAside } from './question-kinds.js';
import type { Released } from './release.js';
import { isDoublePair, sameAdministration } from './rivals.js';
import { probabilityOf } from './score.js';
import { teachingOrder } from './teaching-order.js';

/** From this score on two records of one administration are reported as doubles (p = .98). */
export const doublesFrom = 6;

/** Certain groups with ids instead of positions, in the order of their first member, made one by one as they are asked for. */
export function* clustersOf(batch: Batch, { groups }: Clustering): Generator<Cluster> {
  const inOrder = [...groups.values()].sort(byFirstMember);
  for (const members of inOrder) yield { members: idsOf(batch, members), score: worstScore(batch, members) };
}

/** Why an edge that would be automatic became a question; by the places of edges. */
export interface Demotions {
  readonly contested: ReadonlySet<number>;
  readonly blocked: ReadonlySet<number>;
}

/** What is asked, and what would be, had answers to others not set it aside. */
export interface Questions {
  readonly asked: readonly Edge[];
  readonly setAside: readonly Edge[];
}

/**
 * The questions, the most probable first: one per pair of groups, its best pair. No question where a person has said "not
 * the same" of any two of the groups, and none between two records of one administration (those are doubles). What answers to others
 * have set aside is apart, for pairs of groups of which nothing else is asked.
 */
export function questionsOf(
  batch: Batch,
  clustering: Clustering,
  { edges, released }: { readonly edges: Edges; readonly released: Released },
): Questions {
  const asked = new Map<number, Edge | null>();
  const aside = new Map<number, Edge>();
  const count = batch.records.length;
  for (const edge of edges) {
    const left = clustering.groupOf[edge.a] ?? 0;
    const right = clustering.groupOf[edge.b] ?? 0;
    if (left === right || isDoublePair(batch, edge)) continue;
    const groups = Math.min(left, right) * count + Math.max(left, right);
    if (asked.has(groups)) continue;
    const isAside = isSetAside(edge, released);
    if (isAside && aside.has(groups)) continue;
    if (isJudgedApart(batch, clustering, { left, right })) asked.set(groups, null);
    else if (isAside) aside.set(groups, edge);
    else asked.set(groups, edge);
  }
  for (const groups of asked.keys()) aside.delete(groups);
  return {
    asked: [...asked.values()].filter((edge) => edge !== null).sort(byProbability),
    setAside: [...aside.values()].sort(byProbability),
  };
}

function byProbability(one: Edge, other: Edge): number {
  return probabilityOf(other.score) - probabilityOf(one.score) || one.a - other.a || one.b - other.b;
}

/** Puts what was set aside into words, one by one as it is asked for. */
export function* explainedAside(batch: Batch, setAside: readonly Edge[]): Generator<PairVerdict> {
  for (const edge of setAside) yield verdictOf(batch, edge, []);
}

/** Puts questions into words, one by one as they are asked for: explained ones take a kilobyte each. */
export function* explained(
  batch: Batch,
  questions: readonly Edge[],
  { demotions, groupOf, free }: Explaining,
): Generator<PairVerdict> {
  const ranks = ranksOf(batch, questions, { groupOf, free });
  for (const [at, edge] of questions.entries())
    yield { ...verdictOf(batch, edge, holdsOf(edge, demotions)), teaching: ranks[at] ?? 0 };
}

interface Explaining {
  readonly demotions: Demotions;
  readonly groupOf: Clustering['groupOf'];
  readonly free: FreeAnswers;
}

function ranksOf(
  batch: Batch,
  questions: readonly Edge[],
  { groupOf, free }: Omit<Explaining, 'demotions'>,
): Int32Array {
  const ranks = new Int32Array(questions.length);
  const open = questions.map(({ a, b, kind, score }) => ({
    left: groupOf[a] ?? 0,
    right: groupOf[b] ?? 0,
    kind,
    score,
  }));
  for (const [rank, at] of teachingOrder(open, batch.records.length, free).entries()) ranks[at] = rank;
  return ranks;
}

/** Records of one administration that look like one relation. */
export interface DoubleGroup {
  readonly administrationId: string;
  /** Positions. */
  readonly members: readonly number[];
  /** Best first. */
  readonly edges: readonly Edge[];
}

/** The doubles, grouped; certain and likely ones, never vetoed ones. */
export function findDoubles(batch: Batch, edges: Edges): DoubleGroup[] {
  const places = edges.placesOf(
    (edge) =>
      sameAdministration(batch, edge) &&
      !edge.isVetoed &&
      !edge.isJudgedSame &&
      (edge.isAutomatic || edge.score >= doublesFrom),
  );
  const { groups, groupOf } = cluster({ ...batch, administrations: 'ignored' }, edges, { places });
  const inside = Array.from(places, (place) => edges.at(place));
  const grouped = inside.filter((edge) => groupOf[edge.a] === groupOf[edge.b]);
  const edgesOf = Map.groupBy(grouped, (edge) => groupOf[edge.a] ?? 0);
  return [...groups]
    .map(([group, members]) => ({
      administrationId: batch.records.at(members[0] ?? 0).administrationId,
      members,
      edges: edgesOf.get(group) ?? [],
    }))
    .sort(
      (one, other) =>
        compareIds(one.administrationId, other.administrationId) || byFirstMember(one.members, other.members),
    );
}

/** Puts doubles into words, one by one as they are asked for. */
export function* explainedDoubles(batch: Batch, groups: readonly DoubleGroup[]): Generator<Doubles> {
  for (const { administrationId, members, edges } of groups)
    yield {
      administrationId,
      members: idsOf(batch, members),
      pairs: edges.map((edge) => verdictOf(batch, edge, [])),
    };
}

function holdsOf(edge: Edge, demotions: Demotions): string[] {
  if (demotions.contested.has(edge.place)) return ['hold-rival'];
  return demotions.blocked.has(edge.place) ? ['hold-chain'] : [];
}

function verdictOf(batch: Batch, edge: Edge, holds: readonly string[]): PairVerdict {
  return explain(evaluate(batch.records.at(edge.a), batch.records.at(edge.b), batch), holds);
}

function isJudgedApart(
  batch: Batch,
  clustering: Clustering,
  groups: { left: number; right: number },
): boolean {
  const left = clustering.groups.get(groups.left) ?? [groups.left];
  const right = clustering.groups.get(groups.right) ?? [groups.right];
  const id = (position: number): string => batch.records.ids.at(position);
  return left.some((i) => right.some((j) => batch.judgements.verdictOn(id(i), id(j)) === 'different'));
}

function idsOf(batch: Batch, members: readonly number[]): string[] {
  return members.map((position) => batch.records.ids.at(position));
}

/** By ids, which the positions stand for. */
function byFirstMember(one: readonly number[], other: readonly number[]): number {
  return (one[0] ?? 0) - (other[0] ?? 0);
}

function compareIds(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
