/** auto: only what is certain; final: what is most probable, as if every question had to be answered here and now. */
export type ClusterBand = 'auto' | 'final';

/** The cluster of one record. `cluster` is the smallest id in it, so it is the same for every order of the input. */
export interface ClusteredRecord {
  readonly id: string;
  readonly cluster: string;
  /** How the cluster holds together: certainly, or (in the final band) by a join that a person would be asked about. */
  readonly band: ClusterBand;
  /** How many records the cluster has. */
  readonly size: number;
}

export interface Grouping {
  readonly ids: readonly string[];
  /** The first record of each record's group. */
  readonly groupOf: Int32Array;
  /** The same by certain joins alone. */
  readonly certainOf: Int32Array;
}

/** Puts groups into words. `places` are the records' places in the order in which they are wanted; all of them without. */
export function clusteredRecords(
  { ids, groupOf, certainOf }: Grouping,
  places: Iterable<number> = ids.keys(),
): ClusteredRecord[] {
  const sizes = new Int32Array(ids.length);
  const isMixed = new Uint8Array(ids.length);
  for (let r = 0; r < groupOf.length; r++) {
    const group = groupOf[r] ?? 0;
    sizes[group] = (sizes[group] ?? 0) + 1;
    // A final cluster is `auto` where the certain joins alone already make it.
    if (certainOf[r] !== certainOf[group]) isMixed[group] = 1;
  }
  const clustered: ClusteredRecord[] = [];
  for (const r of places) {
    const group = groupOf[r] ?? 0;
    clustered.push({
      id: ids[r] ?? '',
      cluster: ids[group] ?? '',
      band: isMixed[group] === 1 ? 'final' : 'auto',
      size: sizes[group] ?? 0,
    });
  }
  return clustered;
}
