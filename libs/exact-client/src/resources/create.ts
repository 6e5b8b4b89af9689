import { z } from 'zod';
import { ExactError } from '../errors.js';
import { divisionUrl } from '../odata/address.js';
import { decodeRows, type RowSchema } from '../odata/decode.js';
import { unwrap } from '../odata/envelope.js';
import { asWriteFailure, classOf, send, type Context } from '../request.js';
import type { Resource } from './page.js';

/** What a POST left behind in Exact. */
export interface Created<T> {
  readonly id: string;
  /** As Exact keeps it; absent when Exact answered with nulls for what it filled in: read it by id. */
  readonly record: T | undefined;
}

export interface Creatable<S extends RowSchema> extends Resource<S> {
  readonly idField: string;
}

/** One POST, never repeated here. Once Exact may have acted, anything but a readable id is ExactError `uncertain`. */
export async function create<S extends RowSchema>(
  context: Context,
  resource: Creatable<S>,
  { division, body }: { division: number; body: unknown },
): Promise<Created<z.output<S>>> {
  const { endpoint } = resource;
  const url = divisionUrl({ baseUrl: context.baseUrl, division }, endpoint);
  const call = { method: 'POST', url, division, endpoint, class: classOf(context) } as const;
  const answer = await send(context, { ...call, body, expects: 'json' });
  try {
    return readCreated(resource, answer);
  } catch (error) {
    throw asWriteFailure(error);
  }
}

function readCreated<S extends RowSchema>(resource: Creatable<S>, answer: string): Created<z.output<S>> {
  const { rows } = unwrap(answer);
  const withId = z.object({ [resource.idField]: z.guid() }).safeParse(rows[0]);
  if (!withId.success) throw new ExactError({ kind: 'malformed', reason: 'no id in the answer' });
  const id = String(withId.data[resource.idField]).toLowerCase();
  return { id, record: decodeRows(resource.schema, rows.slice(0, 1)).rows[0] };
}
