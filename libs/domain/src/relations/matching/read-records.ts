import { keysOf } from './candidate-keys.js';
import { toFeatures, type Features } from './features.js';
import type { MatchRecord } from './match-record.js';
import { sharedReaders } from './shared-readers.js';

/** Told each record's candidate keys, in the order of the input: they need no second reading then. */
export type ReportKeys = (id: string, keys: readonly string[]) => void;

/** Steps done of a total: reading records is the first half, comparing them the second. */
export type ReportProgress = (done: number, total: number) => void;

const progressEvery = 4096;
const recordsMax = 4_000_000;

/**
 * Normalises records and puts them in id order, so that all that follows is the same for every order of the input. A
 * repeated id, or more than 4 million records, is a RangeError.
 */
export function readRecords(
  input: Iterable<MatchRecord>,
  onProgress?: ReportProgress,
  onKeys?: ReportKeys,
): Features[] {
  const records: Features[] = [];
  const readers = sharedReaders();
  const total = Array.isArray(input) ? input.length * 2 : 0;
  for (const record of input) {
    if (records.length === recordsMax) throw new RangeError(`More than ${recordsMax} records`);
    const features = toFeatures(record, readers);
    records.push(features);
    onKeys?.(features.id, keysOf(features));
    if (records.length % progressEvery === 0) onProgress?.(records.length, total || records.length * 2);
  }
  records.sort((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));
  for (let i = 1; i < records.length; i++) {
    if (records[i]?.id === records[i - 1]?.id)
      throw new RangeError(`Record id ${records[i]?.id} occurs twice`);
  }
  return records;
}
