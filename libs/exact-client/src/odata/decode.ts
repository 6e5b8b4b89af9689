import type { z } from 'zod';
import { isRecord } from './envelope.js';
import { zeroGuid } from './fields.js';
import { quickRow } from './quick.js';

/** A record that cannot be mapped: which, and why, without its values. The rest of the page goes on. */
export interface Rejection {
  readonly id?: string;
  readonly timestamp?: string;
  /** `EndDate is no date`; at most three fields are named. */
  readonly reason: string;
}

/** Something that was taken out of a value, so that a person can be told. */
export interface Note {
  readonly id?: string;
  readonly field: string;
  readonly note: 'characters-removed';
}

export interface Decoded<T> {
  readonly rows: readonly T[];
  readonly rejected: readonly Rejection[];
  readonly notes: readonly Note[];
}

/** NUL cannot be stored in Postgres and a lone surrogate cannot be written as UTF-8. */
const UNSTORABLE = /[\0\p{Surrogate}]/gu;
const ISSUES_MAX = 3;

export type RowSchema = z.ZodObject;

/** Decodes every record by itself: one bad record is a rejection, never an exception. Unknown fields are dropped, null is kept. */
export function decodeRows<S extends RowSchema>(schema: S, rows: readonly unknown[]): Decoded<z.output<S>> {
  const decoded = { rows: [] as z.output<S>[], rejected: [] as Rejection[], notes: [] as Note[] };
  const keys = Object.keys(schema.shape);
  for (const raw of rows) {
    const row = decodeRow({ schema, keys, raw });
    if ('rejection' in row) {
      decoded.rejected.push(row.rejection);
      continue;
    }
    decoded.rows.push(row.value);
    if (row.notes.length > 0) decoded.notes.push(...row.notes);
  }
  return decoded;
}

interface RowToDecode<S extends RowSchema> {
  readonly schema: S;
  readonly keys: readonly string[];
  readonly raw: unknown;
}

type DecodedRow<T> =
  { readonly value: T; readonly notes: readonly Note[] } | { readonly rejection: Rejection };

function decodeRow<S extends RowSchema>({ schema, keys, raw }: RowToDecode<S>): DecodedRow<z.output<S>> {
  if (!isRecord(raw)) return { rejection: { reason: 'the record is no object' } };
  const quick = quickRow(schema, raw);
  if (quick) return { value: quick as z.output<S>, notes: [] }; // as the schema decodes it
  const { fields, removed } = cleaned(raw, keys);
  const name = identity(fields);
  const missing = keys.filter((key) => !(key in raw));
  // `$select` asked for it, so its absence is not "empty": taken as null it would clear the value everywhere.
  if (missing.length > 0)
    return { rejection: { ...name, reason: sentence(missing.map((key) => `${key} is missing`)) } };
  const parsed = schema.safeParse(fields);
  if (!parsed.success)
    return { rejection: { ...name, reason: sentence(parsed.error.issues.map(issueText)) } };
  const notes = removed.map((field): Note => ({
    ...(name.id && { id: name.id }),
    field,
    note: 'characters-removed',
  }));
  return { value: parsed.data, notes };
}

/** Only the schema's own keys, text trimmed and storable, empty text and all-zero references as null. */
function cleaned(raw: Record<string, unknown>, keys: readonly string[]) {
  const fields: Record<string, unknown> = {};
  const removed: string[] = [];
  for (const key of keys) {
    const value = raw[key];
    if (typeof value !== 'string') {
      fields[key] = value;
      continue;
    }
    const storable = value.replace(UNSTORABLE, '');
    if (storable.length !== value.length) removed.push(key);
    const trimmed = storable.trim();
    fields[key] = trimmed === '' || trimmed === zeroGuid ? null : trimmed;
  }
  return { fields, removed };
}

function identity(fields: Record<string, unknown>): { id?: string; timestamp?: string } {
  const id: unknown = fields['ID'] ?? fields['EntryID'] ?? fields['Code'];
  const timestamp: unknown = fields['Timestamp'];
  return {
    ...(isShort(id) && { id: String(id) }),
    ...(typeof timestamp === 'string' && /^\d{1,19}$/.test(timestamp) && { timestamp }),
  };
}

function isShort(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && value.length <= 40);
}

function issueText(issue: z.core.$ZodIssue): string {
  return `${issue.path.map(String).join('.')} ${issue.message}`;
}

function sentence(reasons: readonly string[]): string {
  const more = reasons.length - ISSUES_MAX;
  return reasons.slice(0, ISSUES_MAX).join('; ') + (more > 0 ? ` and ${more} more` : '');
}
