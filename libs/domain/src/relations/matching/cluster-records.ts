import { cluster, joiningEdges } from './cluster.js';
import { evaluate } from './evaluate.js';
import { explain } from './explain.js';
import type { Judgement, MatchRecord, PairVerdict } from './match-record.js';
import { findEdges, type Batch, type Edge } from './pair-edges.js';
import { prepareBatch } from './prepare-batch.js';
import type { ReadRecords, ReportProgress } from './read-records.js';
import { contestedEdges } from './rivals.js';
import { finalFrom } from './weights.js';

/** auto: only what is certain; final: what is most probable, as if every question had to be answered here and now. */
export type ClusterBand = 'auto' | 'final';

export interface ClusterRecordsOptions {
  readonly band: ClusterBand;
  readonly judgements?: readonly Judgement[];
  readonly onProgress?: ReportProgress;
  /**
   * Gets the explained verdict of every pair that was weighed and means something: first those that a veto alone keeps
   * apart, as they are met, then those that are certain or worth a question, best first.
   */
  readonly onVerdict?: (verdict: PairVerdict) => void;
}

/** The cluster of one record. `cluster` is the smallest id in it, so it is the same for every order of the input. */
export interface ClusteredRecord {
  readonly id: string;
  readonly cluster: string;
  /** How the cluster holds together: certainly, or (in the final band) by a join that a person would be asked about. */
  readonly band: ClusterBand;
}

/**
 * Puts every record into one cluster, records of one administration too; for files and benchmarks, where nobody answers
 * questions; `input` may have been read already (`PartCollector`), and serves once then. Sorted by id (code units).
 * A repeated id, and records that were clustered already, are RangeErrors.
 */
export function clusterRecords(
  input: Iterable<MatchRecord> | ReadRecords,
  options: ClusterRecordsOptions,
): ClusteredRecord[] {
  const { batch, index } = prepareBatch(input, { ...options, administrations: 'ignored' });
  const { records } = batch;
  const { onVerdict } = options;
  const { edges } = findEdges(batch, index, {
    onProgress: (fraction) =>
      options.onProgress?.(records.length + Math.floor(records.length * fraction), records.length * 2),
    onVetoed: onVerdict && ((a, b) => tellVerdicts(batch, [{ a, b }], onVerdict)),
  });
  if (onVerdict) tellVerdicts(batch, edges, onVerdict);
  const certain = new Set(joiningEdges(batch, edges, contestedEdges(batch, edges)));
  const joining = options.band === 'auto' ? [...certain] : edges.filter((e) => certain.has(e) || isLikely(e));
  const { groupOf } = cluster(batch, joining, options.band === 'auto' ? 'certain' : 'likely');
  options.onProgress?.(records.length * 2, records.length * 2);
  return labelled(batch, groupOf, options.band === 'auto' ? null : cluster(batch, [...certain]).groupOf);
}

function tellVerdicts(
  batch: Batch,
  edges: readonly Pick<Edge, 'a' | 'b'>[],
  onVerdict: (verdict: PairVerdict) => void,
): void {
  for (const { a, b } of edges) onVerdict(explain(evaluate(batch.records.at(a), batch.records.at(b), batch)));
}

function isLikely(edge: Edge): boolean {
  return edge.score >= finalFrom && !edge.isVetoed;
}

// A final cluster is `auto` where the certain joins alone already make it.
function labelled(batch: Batch, groupOf: Int32Array, certainOf: Int32Array | null): ClusteredRecord[] {
  const isMixed = new Uint8Array(groupOf.length);
  for (let r = 0; certainOf && r < groupOf.length; r++) {
    const group = groupOf[r] ?? 0;
    if (certainOf[r] !== certainOf[group]) isMixed[group] = 1;
  }
  return batch.records.ids.map((id, r) => ({
    id,
    cluster: batch.records.ids[groupOf[r] ?? 0] ?? id,
    band: isMixed[groupOf[r] ?? 0] === 1 ? 'final' : 'auto',
  }));
}
