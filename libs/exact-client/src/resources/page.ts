import type { z } from 'zod';
import { ExactError } from '../errors.js';
import type { CallClass } from '../limits/budget.js';
import { assertOwn, divisionUrl, type Query } from '../odata/address.js';
import { decodeRows, type Note, type Rejection, type RowSchema } from '../odata/decode.js';
import { isRecord, unwrap } from '../odata/envelope.js';
import { linkOf, nextAfter } from '../odata/next-link.js';
import { send, type Context } from '../request.js';

/** An entity set and the fields we read of it; `$select` is the schema's keys, so nothing else is ever asked for. */
export interface Resource<S extends RowSchema> {
  readonly endpoint: string;
  readonly schema: S;
}

/** One page of an administration. */
export interface Page<T> {
  readonly rows: readonly T[];
  /** Records that could not be mapped; the page is complete without them. */
  readonly rejected: readonly Rejection[];
  readonly notes: readonly Note[];
  /** Hand it back as it is for the following page, today or after a restart; absent on the last page. */
  readonly next?: string;
}

export interface PageRead {
  readonly division: number;
  readonly class: CallClass;
  readonly query?: Query;
  readonly next?: string | undefined;
}

/** Reads one page, or throws: ExactError `malformed` also when a row belongs to another division, `loop` and `foreign-link` for a bad link. */
export async function readPage<S extends RowSchema>(
  context: Context,
  resource: Resource<S>,
  read: PageRead,
): Promise<Page<z.output<S>> & { readonly raw: readonly unknown[] }> {
  const { division, next: followed } = read;
  const url = followed === undefined ? firstUrl(context, resource, read) : linkOf(followed);
  const call = { method: 'GET', url, division, endpoint: resource.endpoint, class: read.class } as const;
  const { rows, next } = unwrap(await send(context, { ...call, expects: 'json' }));
  assertSameDivision(rows, division);
  const decoded = decodeRows(resource.schema, rows);
  if (next === undefined) return { ...decoded, raw: rows };
  assertOwn(context.baseUrl, next, division);
  return { ...decoded, raw: rows, next: nextAfter(followed ?? url, next) };
}

/** Only the public part of a page. */
export function publicPage<T>({ rows, rejected, notes, next }: Page<T>): Page<T> {
  return { rows, rejected, notes, ...(next !== undefined && { next }) };
}

export function selectOf(schema: RowSchema): string {
  return Object.keys(schema.shape).join(',');
}

/** E06: a row that names another division means that the answer is not what was asked for; nothing of it is used. */
export function assertSameDivision(rows: readonly unknown[], division: number): void {
  for (const row of rows) {
    const named = isRecord(row) ? row['Division'] : undefined;
    if (typeof named === 'number' && named !== division) {
      throw new ExactError({ kind: 'malformed', reason: 'a row belongs to another division' });
    }
  }
}

function firstUrl<S extends RowSchema>(context: Context, resource: Resource<S>, read: PageRead): string {
  const query = { $select: selectOf(resource.schema), ...read.query };
  return divisionUrl({ baseUrl: context.baseUrl, division: read.division }, resource.endpoint, query);
}
