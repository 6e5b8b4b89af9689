import { IntList } from './int-list.js';
import type { MatchRecord } from './match-record.js';
import { RecordKeys, type KeysPart } from './record-keys.js';
import { PackedTextTable } from './packed-text-table.js';
import type { RecordIds } from './record-ids.js';
import { RecordTable, type RecordPart } from './record-table.js';
import { TextTable } from './text-table.js';
import { relationRules, type RelationRules } from './rules/relation-rules.js';

/** Told each record's candidate keys, in the order of the input: they need no second reading then. */
export type ReportKeys = (id: string, keys: readonly number[]) => void;

/** Steps done of a total: reading records is the first half, comparing them the second. */
export type ReportProgress = (done: number, total: number) => void;

export interface ReadOptions {
  readonly rules?: RelationRules | undefined;
  readonly onProgress?: ReportProgress | undefined;
  readonly onKeys?: ReportKeys | undefined;
  /** About how many records there are: memory for them is taken once then, instead of growing and being copied. */
  readonly expected?: number | undefined;
}

const progressEvery = 4096;
const recordsMax = 4_000_000;

/** Two records have one id: the first repeated one, and the numbers under which the two were read. */
export class RepeatedId extends RangeError {
  constructor(
    readonly id: string,
    readonly earlier: number,
    readonly later: number,
  ) {
    super(`Record id ${id} occurs twice`);
    this.name = 'RepeatedId';
  }
}

/** Records in id order, and where the candidate keys of each stand: those of record r from `starts[r]` to `starts[r + 1]`. */
export interface ReadRecords {
  readonly records: RecordTable;
  /** None any more once the records are compared, which they can be once: most keys are of no use then. */
  keys: { readonly starts: Int32Array; readonly hashes: Float64Array };
  /** The number under which the record in each place was read. */
  readonly order: Int32Array;
}

/** Records that several threads can read. */
export interface SharedReadRecords extends ReadRecords {
  readonly texts: PackedTextTable;
}

/** Records that were normalised elsewhere, in another thread, and their candidate keys. */
export interface ReadPart {
  readonly records: RecordPart;
  readonly keys: KeysPart;
}

/** Normalises records for a `PartCollector`, which may stand in another thread. */
export class PartReader {
  readonly #texts = new TextTable();
  readonly #records = new RecordTable(this.#texts);
  readonly #keys = new RecordKeys();

  constructor(private readonly rules: RelationRules = relationRules) {}

  /** How many different texts were met; what the reader's memory grows with. */
  get texts(): number {
    return this.#texts.size;
  }

  add(record: MatchRecord): void {
    const features = this.rules.toFeatures(record);
    this.#records.add(features);
    this.#keys.add(this.rules.keysOf(features));
  }

  /** What was added since the last time; parts of one reader must be collected in their order. */
  take(): ReadPart {
    const texts = this.#texts.takePart();
    return { records: { ...this.#records.takePart(), texts }, keys: this.#keys.takePart() };
  }
}

/** Collects records that `PartReader`s have read. */
export class PartCollector {
  readonly #texts = new PackedTextTable(true);
  readonly #records = new RecordTable(this.#texts, true);
  readonly #keys = new RecordKeys(true);
  readonly #known = new Map<number, IntList>();

  /** `parts`: how many parts to expect; room is made for as many as the first, for no more than may be added. */
  constructor(private readonly parts = 1) {}

  /** Adds a part; `reader` is a number for each reader. More than 4 million records is a RangeError. */
  append({ records, keys }: ReadPart, reader: number): void {
    if (this.#records.length + records.ids.length > recordsMax)
      throw new RangeError(`More than ${recordsMax} records`);
    if (this.#records.length === 0) {
      const parts = Math.min(this.parts, Math.ceil(recordsMax / Math.max(1, records.ids.length)));
      this.#records.expect(records, parts);
      this.#texts.expect(records.texts, parts);
      this.#keys.expect(keys, parts);
    }
    const known = this.#knownOf(reader);
    this.#texts.addPart(records.texts, known);
    this.#records.append(records, known.values);
    this.#keys.append(keys);
  }

  /** All records, as `readRecords` gives them. */
  finish(): SharedReadRecords {
    this.#known.clear();
    return { ...inOrderOfIds(this.#records, this.#keys), texts: this.#texts };
  }

  // Text 0 is the empty one everywhere.
  #knownOf(reader: number): IntList {
    let known = this.#known.get(reader);
    if (!known) {
      known = new IntList();
      known.push(0);
      this.#known.set(reader, known);
    }
    return known;
  }
}

/**
 * Normalises records and puts them in id order, so that all that follows is the same for every order of the input. A
 * repeated id, or more than 4 million records, is a RangeError.
 */
export function readRecords(
  input: Iterable<MatchRecord>,
  { rules = relationRules, onProgress, onKeys, expected = 0 }: ReadOptions = {},
): ReadRecords {
  const texts = new PackedTextTable();
  const records = new RecordTable(texts);
  const readKeys = new RecordKeys();
  const total = Array.isArray(input) ? input.length * 2 : 0;
  for (const record of input) {
    if (records.length === recordsMax) throw new RangeError(`More than ${recordsMax} records`);
    const features = rules.toFeatures(record);
    const keys = rules.keysOf(features);
    records.add(features);
    readKeys.add(keys);
    onKeys?.(features.id, keys);
    if (records.length === progressEvery && expected > progressEvery)
      makeRoom({ records, texts, keys: readKeys }, Math.min(expected, recordsMax));
    if (records.length % progressEvery === 0) onProgress?.(records.length, total || records.length * 2);
  }
  return inOrderOfIds(records, readKeys);
}

/** Of the texts of the first records about half as many are new in as many later ones: places, streets and words come again. */
const newTexts = 0.5;

function makeRoom(
  read: { readonly records: RecordTable; readonly texts: PackedTextTable; readonly keys: RecordKeys },
  total: number,
): void {
  const { records, texts, keys } = read;
  texts.expectMore((total / records.length - 1) * newTexts);
  records.expectTotal(total);
  keys.expectTotal(total);
}

function inOrderOfIds(records: RecordTable, keys: RecordKeys): ReadRecords {
  const order = orderOfIds(records.ids);
  records.reorder(order);
  return { records, keys: keys.inOrder(order), order };
}

/** Positions by id. Refuses an id that occurs twice. */
function orderOfIds(ids: RecordIds): Int32Array {
  const order = Int32Array.from({ length: ids.length }, (_, at) => at);
  const isAscending = (at: number): boolean => at === 0 || ids.compare(at - 1, at) < 0;
  if (!order.every(isAscending)) order.sort((one, other) => ids.compare(one, other));
  for (let i = 1; i < order.length; i++)
    if (ids.compare(order[i] ?? 0, order[i - 1] ?? 0) === 0) throw firstRepeated(ids.toArray());
  return order;
}

function firstRepeated(ids: readonly string[]): RepeatedId {
  const known = new Map<string, number>();
  for (const [at, id] of ids.entries()) {
    const earlier = known.get(id);
    if (earlier !== undefined) return new RepeatedId(id, earlier, at);
    known.set(id, at);
  }
  throw new RangeError('No id occurs twice');
}
