import type { Edge, Edges } from './edges.js';
import type { Batch } from './pair-edges.js';
import { pairFlag } from './pair-flags.js';

const tieBits = 0.5;

/**
 * The places of automatic pairs that another candidate contests, to be asked instead: a record without a number of its own that fits two
 * relations which contradict each other (case C07), and two doubles of one administration that fit equally well (C10).
 */
export function contestedEdges(batch: Batch, edges: Edges): ReadonlySet<number> {
  const neighbours = neighboursOf(edges, batch.records.length);
  const contested = new Set<number>();
  for (const edge of edges) {
    if (!edge.isAutomatic || edge.isJudgedSame || isDoublePair(batch, edge)) continue;
    if (
      isContestedAt(batch, neighbours, { edge, hub: edge.a, end: edge.b }) ||
      isContestedAt(batch, neighbours, { edge, hub: edge.b, end: edge.a })
    )
      contested.add(edge.place);
  }
  return contested;
}

interface Side {
  readonly edge: Edge;
  readonly hub: number;
  readonly end: number;
}

function isContestedAt(batch: Batch, { edges, starts, at }: Neighbours, { edge, hub, end }: Side): boolean {
  const last = starts[hub + 1] ?? 0;
  for (let place = starts[hub] ?? 0; place < last; place++) {
    const number = at[place] ?? 0;
    if (number === edge.place) continue;
    const other = edges.at(number);
    if (other.isVetoed) continue;
    const rival = other.a === hub ? other.b : other.a;
    if (rival === end) continue;
    const isDouble =
      batch.administrations === 'one-each' && administrationAt(batch, rival) === administrationAt(batch, end);
    const isTie = isDouble && other.isAutomatic && Math.abs(other.score - edge.score) < tieBits;
    if (isTie || (!edge.isRegistered && contradicts(batch, rival, end))) return true;
  }
  return false;
}

const contradicting = pairFlag.vetoed | pairFlag.kvkNear | pairFlag.formDifferent;

function contradicts({ pairs }: Batch, i: number, j: number): boolean {
  const place = i < j ? pairs.find(i, j) : pairs.find(j, i);
  return ((pairs.flags[place] ?? 0) & contradicting) !== 0;
}

/** Whether both ends of a pair stand in one administration: then they are doubles and never a match. */
export function sameAdministration(batch: Batch, edge: Pick<Edge, 'a' | 'b'>): boolean {
  return administrationAt(batch, edge.a) === administrationAt(batch, edge.b);
}

/** As `sameAdministration`, where that matters to the batch. */
export function isDoublePair(batch: Batch, edge: Pick<Edge, 'a' | 'b'>): boolean {
  return batch.administrations === 'one-each' && sameAdministration(batch, edge);
}

function administrationAt(batch: Batch, position: number): number {
  return batch.records.administrationAt(position);
}

/** The edges at each record: those of record r stand in the places `at[starts[r]]` up to `at[starts[r + 1]]`. */
interface Neighbours {
  readonly edges: Edges;
  readonly starts: Int32Array;
  readonly at: Int32Array;
}

function neighboursOf(edges: Edges, records: number): Neighbours {
  const starts = new Int32Array(records + 1);
  for (const ends of [edges.a, edges.b]) for (const end of ends) starts[end + 1]!++;
  for (let r = 0; r < records; r++) starts[r + 1]! += starts[r] ?? 0;
  const at = new Int32Array(edges.length * 2);
  const next = starts.slice();
  for (let place = 0; place < edges.length; place++)
    for (const ends of [edges.a, edges.b]) at[next[ends[place] ?? 0]!++] = place;
  return { edges, starts, at };
}
