import type { z } from 'zod';

/** What a quick reader answers where only the schema can tell what the value is, or what is wrong with it. */
export const doubt = Symbol('doubt');

/** Decodes one raw value of an answer as its schema would after cleaning, or doubts. */
export type QuickReader = (value: unknown) => unknown;

type RowReader = (raw: Record<string, unknown>) => Record<string, unknown> | undefined;

const fieldReaders = new WeakMap<z.ZodType, QuickReader>();
const rowReaders = new WeakMap<z.ZodObject, RowReader>();

/** Gives a field's schema a quick way for the values that nearly all records have. The schema stays the one that decides. */
export function quickly<S extends z.ZodType>(schema: S, read: QuickReader): S {
  fieldReaders.set(schema, read);
  return schema;
}

/**
 * Decodes a whole record the quick way, or answers undefined: a first load has a million records, and a general validator costs
 * several times what parsing their JSON does. Whatever is not plainly right goes through the schema.
 */
export function quickRow(
  schema: z.ZodObject,
  raw: Record<string, unknown>,
): Record<string, unknown> | undefined {
  let read = rowReaders.get(schema);
  if (!read) rowReaders.set(schema, (read = rowReader(schema)));
  return read(raw);
}

function rowReader(schema: z.ZodObject): RowReader {
  const fields = Object.entries(schema.shape).map(([key, field]) => ({
    key,
    read: fieldReaders.get(field as z.ZodType),
  }));
  return (raw) => {
    const row: Record<string, unknown> = {};
    for (const { key, read } of fields) {
      const value = read === undefined ? doubt : read(raw[key]);
      if (value === doubt) return undefined;
      row[key] = value;
    }
    return row;
  };
}
