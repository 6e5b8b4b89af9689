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
}

export function summarise(records: readonly ClusteredRecord[]): Summary {
  // A cluster is known by one of its members: the others are what it holds beside that one.
  const others = new Map<string, number>();
  const uncertain = new Set<string>();
  let clusters = 0;
  for (const { id, cluster, band } of records) {
    if (id === cluster) clusters++;
    else others.set(cluster, (others.get(cluster) ?? 0) + 1);
    if (band === 'final') uncertain.add(cluster);
  }
  const joined = [...others].map(([cluster, count]) => [cluster, count + 1] as const);
  return {
    records: records.length,
    clusters,
    joined: joined.length,
    joinedRecords: joined.reduce((sum, [, size]) => sum + size, 0),
    certain: joined.filter(([cluster]) => !uncertain.has(cluster)).length,
    largest: joined.reduce((most, [, size]) => Math.max(most, size), records.length > 0 ? 1 : 0),
  };
}

export function summaryText(summary: Summary, seconds: number): string {
  const { records, clusters, joined, joinedRecords, certain, largest } = summary;
  return [
    `${records} records in ${clusters} clusters, in ${seconds.toFixed(1)} s`,
    `${joined} clusters of two or more hold ${joinedRecords} records; ${certain} of them by certain joins alone; the largest has ${largest}`,
  ].join('\n');
}
