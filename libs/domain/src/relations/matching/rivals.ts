import { evaluate } from './evaluate.js';
import type { Batch, Edge } from './pair-edges.js';

const tieBits = 0.5;

/**
 * Automatic pairs that another candidate contests, to be asked instead: a record without a number of its own that fits two
 * relations which contradict each other (case C07), and two doubles of one administration that fit equally well (C10).
 */
export function contestedEdges(batch: Batch, edges: readonly Edge[]): ReadonlySet<Edge> {
  const neighbours = neighboursOf(edges);
  const contested = new Set<Edge>();
  for (const edge of edges) {
    if (!edge.isAutomatic || edge.isJudgedSame || isDoublePair(batch, edge)) continue;
    if (
      isContestedAt(batch, neighbours, { edge, hub: edge.a, end: edge.b }) ||
      isContestedAt(batch, neighbours, { edge, hub: edge.b, end: edge.a })
    )
      contested.add(edge);
  }
  return contested;
}

interface Side {
  readonly edge: Edge;
  readonly hub: number;
  readonly end: number;
}

function isContestedAt(
  batch: Batch,
  neighbours: ReadonlyMap<number, readonly Edge[]>,
  { edge, hub, end }: Side,
): boolean {
  for (const other of neighbours.get(hub) ?? []) {
    if (other === edge || other.isVetoed) continue;
    const rival = other.a === hub ? other.b : other.a;
    if (rival === end) continue;
    const isDouble =
      batch.administrations === 'one-each' && administrationAt(batch, rival) === administrationAt(batch, end);
    const isTie = isDouble && other.isAutomatic && Math.abs(other.score - edge.score) < tieBits;
    if (isTie || (!edge.isRegistered && contradicts(batch, rival, end))) return true;
  }
  return false;
}

function contradicts(batch: Batch, i: number, j: number): boolean {
  const one = batch.records[i];
  const other = batch.records[j];
  if (!one || !other) return false;
  const { vetoes, comparison } = evaluate(one, other, batch);
  return vetoes.length > 0 || comparison.kvk === 'near' || comparison.form === 'different';
}

/** Whether both ends of a pair stand in one administration: then they are doubles and never a match. */
export function sameAdministration(batch: Batch, edge: Edge): boolean {
  return administrationAt(batch, edge.a) === administrationAt(batch, edge.b);
}

/** As `sameAdministration`, where that matters to the batch. */
export function isDoublePair(batch: Batch, edge: Edge): boolean {
  return batch.administrations === 'one-each' && sameAdministration(batch, edge);
}

function administrationAt(batch: Batch, position: number): string {
  return batch.records[position]?.administrationId ?? '';
}

function neighboursOf(edges: readonly Edge[]): ReadonlyMap<number, readonly Edge[]> {
  const neighbours = new Map<number, Edge[]>();
  const add = (position: number, edge: Edge): void => {
    const known = neighbours.get(position);
    if (known) known.push(edge);
    else neighbours.set(position, [edge]);
  };
  for (const edge of edges) {
    add(edge.a, edge);
    add(edge.b, edge);
  }
  return neighbours;
}
