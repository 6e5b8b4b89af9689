import { fileQuery } from '@koppel/contracts';
import { invariant, type TenantId } from '@koppel/domain/kernel';
import type { FastifyRequest } from 'fastify';
import type * as z from 'zod';
import { callerOf } from './call.js';
import type { Language } from './csv.js';
import { InvalidRequest } from './invalid-request.js';
import { languageOf } from './problem.filter.js';

export interface CsvRequest<Filter> {
  readonly tenantId: TenantId;
  readonly language: Language;
  readonly filter: Filter;
}

/** Whose file is asked for, in which language, and of what; refuses a filter that the query does not know. */
export function csvRequest<Q extends z.ZodType>(request: FastifyRequest, query: Q): CsvRequest<z.output<Q>> {
  const tenantId = callerOf(request)?.tenant?.id;
  invariant(tenantId !== undefined, 'the guard lets nobody in without a tenant');
  const filters = Object.entries(Object(request.query) as object).filter(
    ([name]) => !(name in fileQuery.shape),
  );
  const filter = query.safeParse(Object.fromEntries(filters));
  if (!filter.success) throw InvalidRequest.of('query', filter.error);
  return { tenantId, language: fileLanguage(request), filter: filter.data };
}

/** The language that the address asks for, as a link cannot say what it accepts; else the one that the browser prefers. */
export function fileLanguage(request: FastifyRequest): Language {
  const asked = fileQuery.safeParse(request.query);
  if (!asked.success) throw InvalidRequest.of('query', asked.error);
  return asked.data.language ?? languageOf(request);
}

interface ListPage<Row> {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
}

/**
 * The rows of a list as lines, page by page, each read in a short transaction of its own: a slow reader holds no snapshot.
 * Ends after `readsMax` pages.
 */
export async function* csvLines<Row>(
  read: (cursor: string | undefined) => Promise<ListPage<Row>>,
  toLine: (row: Row) => string,
  readsMax: number,
): AsyncGenerator<string> {
  let cursor: string | undefined;
  for (let reads = 0; reads < readsMax; reads += 1) {
    const page = await read(cursor);
    yield page.items.map(toLine).join('');
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}
