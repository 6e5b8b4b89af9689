import { cluster, joiningEdges } from './cluster.js';
import { clusteredRecords, type ClusterBand, type ClusteredRecord } from './clustered-records.js';
import { evaluate } from './evaluate.js';
import { explain } from './explain.js';
import type { Judgement, MatchRecord, PairVerdict } from './match-record.js';
import { findEdges, type Batch, type Edge } from './pair-edges.js';
import { prepareBatch } from './prepare-batch.js';
import type { ReadRecords, ReportProgress } from './read-records.js';
import { contestedEdges } from './rivals.js';
import { finalFrom } from './weights.js';

export interface ClusterRecordsOptions {
  readonly band: ClusterBand;
  readonly judgements?: readonly Judgement[];
  readonly onProgress?: ReportProgress;
  /** What the records are sorted by: their ids (code units), or as they were read. */
  readonly order?: 'ids' | 'input';
  /**
   * Gets the explained verdict of every pair that was weighed and means something: first those that a veto alone keeps
   * apart, as they are met, then those that are certain or worth a question, best first.
   */
  readonly onVerdict?: (verdict: PairVerdict) => void;
}

/**
 * Puts every record into one cluster, records of one administration too; for files and benchmarks, where nobody answers
 * questions; `input` may have been read already (`PartCollector`), and serves once then. A repeated id, and records that were
 * clustered already, are RangeErrors.
 */
export function clusterRecords(
  input: Iterable<MatchRecord> | ReadRecords,
  options: ClusterRecordsOptions,
): ClusteredRecord[] {
  const { batch, index, order } = prepareBatch(input, { ...options, administrations: 'ignored' });
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
  const certainOf = options.band === 'auto' ? groupOf : cluster(batch, [...certain]).groupOf;
  const grouping = { ids: records.ids, groupOf, certainOf };
  return clusteredRecords(grouping, options.order === 'input' ? placesOf(order) : undefined);
}

function tellVerdicts(
  batch: Batch,
  edges: readonly Pick<Edge, 'a' | 'b'>[],
  onVerdict: (verdict: PairVerdict) => void,
): void {
  for (const { a, b } of edges) onVerdict(explain(evaluate(batch.records.at(a), batch.records.at(b), batch)));
}

// order[r] is the number under which the record in place r was read.
function placesOf(order: Int32Array): Int32Array {
  const places = new Int32Array(order.length);
  for (let r = 0; r < order.length; r++) places[order[r] ?? 0] = r;
  return places;
}

function isLikely(edge: Edge): boolean {
  return edge.score >= finalFrom && !edge.isVetoed;
}
