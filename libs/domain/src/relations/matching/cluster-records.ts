import { cluster, joiningEdges } from './cluster.js';
import { clusteredRecords, type ClusterBand, type ClusteredRecord } from './clustered-records.js';
import { evaluate } from './evaluate.js';
import { explain } from './explain.js';
import type { Judgement, MatchRecord, PairVerdict } from './match-record.js';
import type { Edge, Edges } from './edges.js';
import { findEdges, type Batch } from './pair-edges.js';
import type { PairPart, PairWork } from './pair-comparer.js';
import { PairsInParts } from './pairs-in-parts.js';
import { prepareBatch, type Prepared } from './prepare-batch.js';
import type { ReadRecords, ReportProgress, SharedReadRecords } from './read-records.js';
import { contestedEdges } from './rivals.js';
import type { RelationRules } from './rules/relation-rules.js';

export interface ClusterRecordsOptions {
  readonly band: ClusterBand;
  /** By what records are matched, and were read if they were (`relationRulesOf`); as Koppel's own schema says without it. */
  readonly rules?: RelationRules;
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
  const { onVerdict } = options;
  const { edges } = findEdges(batch, index, {
    onProgress: (fraction) => reportFraction(batch, options, fraction),
    onVetoed: onVerdict && ((a, b) => tellVerdicts(batch, [{ a, b }], onVerdict)),
  });
  return joinEdges({ batch, order }, edges, options);
}

/** As `clusterRecords`, where threads share the comparing: nothing depends on which of them does what, or when. */
export class ClusteringInParts {
  readonly #pairs: PairsInParts;
  readonly #prepared: Pick<Prepared, 'batch' | 'order'>;

  constructor(
    input: SharedReadRecords,
    private readonly options: Omit<ClusterRecordsOptions, 'onVerdict'>,
    keysPerPortion?: number,
  ) {
    const prepared = prepareBatch(input, { ...options, administrations: 'ignored' });
    this.#prepared = prepared;
    this.#pairs = new PairsInParts(prepared, input.texts, keysPerPortion);
  }

  /** For a `PairComparer` in another thread. */
  get work(): PairWork {
    return this.#pairs.work;
  }

  /** How many portions there are. Each must be compared once, here or there. */
  get portions(): number {
    return this.#pairs.portions;
  }

  compare(portion: number): void {
    this.#pairs.compare(portion);
    this.#report();
  }

  /** Adds what another thread has found in a portion. */
  add(part: PairPart): void {
    this.#pairs.add(part);
    this.#report();
  }

  finish(): ClusteredRecord[] {
    return joinEdges(this.#prepared, this.#pairs.finish().edges, this.options);
  }

  #report(): void {
    reportFraction(this.#prepared.batch, this.options, this.#pairs.fraction);
  }
}

function joinEdges(
  { batch, order }: Pick<Prepared, 'batch' | 'order'>,
  edges: Edges,
  options: ClusterRecordsOptions,
): ClusteredRecord[] {
  const { records } = batch;
  if (options.onVerdict) tellVerdicts(batch, edges, options.onVerdict);
  const certain = joiningEdges(batch, edges, contestedEdges(batch, edges));
  const { groupOf } =
    options.band === 'auto'
      ? cluster(batch, edges, { places: certain })
      : cluster(batch, edges, { places: likelyPlaces(batch, edges, certain), policy: 'likely' });
  options.onProgress?.(records.length * 2, records.length * 2);
  const certainOf = options.band === 'auto' ? groupOf : cluster(batch, edges, { places: certain }).groupOf;
  const grouping = { ids: records.ids.toArray(), groupOf, certainOf };
  return clusteredRecords(grouping, options.order === 'input' ? placesOf(order) : undefined);
}

function reportFraction({ records }: Batch, options: ClusterRecordsOptions, fraction: number): void {
  const total = records.length * 2;
  options.onProgress?.(Math.min(total, records.length + Math.floor(records.length * fraction)), total);
}

function tellVerdicts(
  batch: Batch,
  edges: Iterable<Pick<Edge, 'a' | 'b'>>,
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

/** Certain edges, and those that score enough where nobody can be asked. */
function likelyPlaces(batch: Batch, edges: Edges, certain: Int32Array): Int32Array {
  const { finalFrom } = batch.rules.schema.bands;
  const isCertain = new Uint8Array(edges.length);
  for (const place of certain) isCertain[place] = 1;
  return edges.placesOf((edge) => isCertain[edge.place] === 1 || (edge.score >= finalFrom && !edge.isVetoed));
}
