import { keysOf } from './candidate-keys.js';
import { toFeatures, type Features } from './features.js';
import type { MatchRecord } from './match-record.js';
import { RecordKeys } from './record-keys.js';
import { sharedReaders } from './shared-readers.js';

/** Told each record's candidate keys, in the order of the input: they need no second reading then. */
export type ReportKeys = (id: string, keys: readonly string[]) => void;

/** Steps done of a total: reading records is the first half, comparing them the second. */
export type ReportProgress = (done: number, total: number) => void;

const progressEvery = 4096;
const recordsMax = 4_000_000;

/** Records in id order, and where the candidate keys of each stand: those of record r from `starts[r]` to `starts[r + 1]`. */
export interface ReadRecords {
  readonly records: Features[];
  readonly keys: { readonly starts: Int32Array; readonly hashes: Float64Array };
}

/**
 * Normalises records and puts them in id order, so that all that follows is the same for every order of the input. A
 * repeated id, or more than 4 million records, is a RangeError.
 */
export function readRecords(
  input: Iterable<MatchRecord>,
  onProgress?: ReportProgress,
  onKeys?: ReportKeys,
): ReadRecords {
  const read: Features[] = [];
  const readKeys = new RecordKeys();
  const readers = sharedReaders();
  const total = Array.isArray(input) ? input.length * 2 : 0;
  for (const record of input) {
    if (read.length === recordsMax) throw new RangeError(`More than ${recordsMax} records`);
    const features = toFeatures(record, readers);
    const keys = keysOf(features);
    read.push(features);
    readKeys.add(keys);
    onKeys?.(features.id, keys);
    if (read.length % progressEvery === 0) onProgress?.(read.length, total || read.length * 2);
  }
  const order = orderOfIds(read);
  return { records: Array.from(order, (position) => read[position]!), keys: readKeys.inOrder(order) };
}

/** Positions by id. Refuses an id that occurs twice. */
function orderOfIds(read: readonly Features[]): Int32Array {
  const idAt = (position: number): string => read[position]?.id ?? '';
  const order = Int32Array.from(read.keys());
  const isAscending = (at: number): boolean => at === 0 || idAt(at - 1) < idAt(at);
  if (!order.every(isAscending)) order.sort((one, other) => (idAt(one) < idAt(other) ? -1 : 1));
  for (let i = 1; i < order.length; i++) {
    const id = idAt(order[i] ?? 0);
    if (id === idAt(order[i - 1] ?? 0)) throw new RangeError(`Record id ${id} occurs twice`);
  }
  return order;
}
