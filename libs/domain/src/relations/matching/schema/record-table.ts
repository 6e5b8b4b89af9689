import { readValue, type FieldValue } from './field-values.js';
import type { MatchSchema } from './match-schema.js';
import type { WordBits } from './compare-values.js';

/** A row of the input: what stands in each of its columns. */
export type SchemaRow = Readonly<Record<string, string | undefined>>;

/** All records by a schema, sorted by id. */
export interface RecordTable {
  readonly schema: MatchSchema;
  readonly ids: readonly string[];
  readonly sources: readonly string[];
  /** Values by field, then by record. */
  readonly values: readonly (readonly (FieldValue | null)[])[];
  /** How many records have exactly this value, by field. */
  readonly counts: readonly ReadonlyMap<string, number>[];
  readonly wordBits: readonly WordBits[];
}

export const schemaRecordsMax = 2_000_000;

/** Reads rows by a schema. A repeated or missing id, and more than two million rows, is a RangeError. */
export function readRecordTable(schema: MatchSchema, rows: Iterable<SchemaRow>): RecordTable {
  const sorted = sortById(schema, rows);
  const values = schema.fields.map(({ columns, kind }) =>
    sorted.map((row) => readValue(kind, columns.map((column) => row[column] ?? '').join(' '))),
  );
  return {
    schema,
    ids: sorted.map((row) => row[schema.id] ?? ''),
    sources: sorted.map((row) => (schema.source === undefined ? '' : (row[schema.source] ?? ''))),
    values,
    counts: values.map(countValues),
    wordBits: values.map(toWordBits),
  };
}

function sortById(schema: MatchSchema, rows: Iterable<SchemaRow>): SchemaRow[] {
  const sorted: SchemaRow[] = [];
  for (const row of rows) {
    if (!row[schema.id]) throw new RangeError(`a record has no ${schema.id}`);
    if (sorted.length === schemaRecordsMax) throw new RangeError(`more than ${schemaRecordsMax} records`);
    sorted.push(row);
  }
  const idOf = (row: SchemaRow | undefined): string => row?.[schema.id] ?? '';
  sorted.sort((a, b) => (idOf(a) < idOf(b) ? -1 : idOf(a) > idOf(b) ? 1 : 0));
  const twice = sorted.find((row, at) => at > 0 && idOf(row) === idOf(sorted[at - 1]));
  if (twice) throw new RangeError(`the id ${idOf(twice)} occurs twice`);
  return sorted;
}

function countValues(values: readonly (FieldValue | null)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) if (value) counts.set(value.text, (counts.get(value.text) ?? 0) + 1);
  return counts;
}

function toWordBits(values: readonly (FieldValue | null)[]): WordBits {
  const counts = new Map<string, number>();
  let filled = 0;
  for (const value of values) {
    if (!value) continue;
    filled++;
    for (const word of new Set(value.words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const bits = new Map([...counts].map(([word, count]) => [word, Math.log2((filled + 1) / count)]));
  return (word) => bits.get(word) ?? Math.log2(filled + 1);
}
