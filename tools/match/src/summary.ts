import type { ClusteredRecord } from '@koppel/domain/matching';

/** What a run came to. */
export interface Summary {
  readonly records: number;
  readonly clusters: number;
  /** Clusters of two or more, and the records in them. */
  readonly joined: number;
  readonly joinedRecords: number;
  /** Clusters of two or more that hold together by certain joins alone. */
  readonly certain: number;
  readonly largest: number;
  /** How many threads shared the work. */
  readonly threads: number;
}

export function summarise(clustered: readonly ClusteredRecord[], threads: number): Summary {
  let clusters = 0;
  let joined = 0;
  let joinedRecords = 0;
  let certain = 0;
  let largest = 0;
  for (const { id, cluster, band, size } of clustered) {
    if (size > 1) joinedRecords++;
    if (size > largest) largest = size;
    if (id !== cluster) continue; // a cluster has the id of one of its records: here it is counted
    clusters++;
    if (size > 1) joined++;
    if (size > 1 && band === 'auto') certain++;
  }
  return { records: clustered.length, clusters, joined, joinedRecords, certain, largest, threads };
}

export function summaryText(summary: Summary, seconds: number): string {
  const { records, clusters, joined, joinedRecords, certain, largest, threads } = summary;
  return [
    `${records} records in ${clusters} clusters, in ${seconds.toFixed(1)} s, threads: ${threads}`,
    `clusters of two or more: ${joined}, with ${joinedRecords} records; by certain joins alone: ${certain}; records in the largest: ${largest}`,
  ].join('\n');
}
