import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';

/** Smaller than every id that is used: where reading by id begins. */
export const beforeAllIds = '00000000-0000-0000-0000-000000000000';

/** `column = any(ids)` as one parameter, so that a thousand ids make one short statement. */
export function isAnyOf(column: SQLWrapper, ids: readonly string[]): SQL {
  return sql`${column} = any(${uuidArray(ids)})`;
}

/** A uuid array; the ids come from our own database or id maker. */
export function uuidArray(ids: readonly string[]): SQL {
  return sql`${`{${ids.join(',')}}`}::uuid[]`;
}

/** Cuts into portions of at most `size`. */
export function* portionsOf<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
