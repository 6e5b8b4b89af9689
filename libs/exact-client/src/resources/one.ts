import type { z } from 'zod';
import { ExactError } from '../errors.js';
import { decodeRows, type RowSchema } from '../odata/decode.js';
import { unwrap } from '../odata/envelope.js';

/** The one record of an answer; its rejection is ExactError `malformed`, no record at all `not-found`. */
export function onlyRow<S extends RowSchema>(schema: S, body: string): z.output<S> {
  const { rows } = unwrap(body);
  if (rows.length === 0) throw new ExactError({ kind: 'not-found' });
  const decoded = decodeRows(schema, rows.slice(0, 1));
  const [row] = decoded.rows;
  if (row === undefined) {
    throw new ExactError({ kind: 'malformed', reason: decoded.rejected[0]?.reason ?? 'no record' });
  }
  return row;
}

/** Checks what we are about to send. Throws ExactError `validation` with status 0: Exact would drop unknown and read-only fields in silence. */
export function checkedInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const message = parsed.error.issues
    .map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`)
    .join('; ');
  throw new ExactError({ kind: 'validation', message, status: 0 });
}
