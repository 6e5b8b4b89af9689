/** What a value of a cursor may be: only what the database can compare with the column of its list. */
export type CursorValue = 'id' | 'moment' | 'text' | 'number' | 'integer' | 'boolean';

/** A cursor that none of our answers gave for this list: the caller's fault. */
export class InvalidCursor extends Error {
  constructor() {
    super('this is no cursor of this list');
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Four digits of a year, from the first that PostgreSQL knows. */
const instant = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const isOfKind: Readonly<Record<CursorValue, (value: unknown) => boolean>> = {
  id: (value) => typeof value === 'string' && uuid.test(value),
  moment: (value) => typeof value === 'string' && instant.test(value) && isInCalendar(value),
  text: (value) => typeof value === 'string' && !value.includes('\0') && value.isWellFormed(),
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  integer: (value) => typeof value === 'number' && (value | 0) === value,
  boolean: (value) => typeof value === 'boolean',
};

function isInCalendar(text: string): boolean {
  const at = new Date(text);
  return !Number.isNaN(at.getTime()) && at.toISOString() === text;
}

/** The opaque place in a keyset list: the last row's sort values. */
export function encodeCursor(values: readonly (string | number | boolean)[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

/** The sort values of a cursor, each of the kind of its column; throws `InvalidCursor` when it is none of this list's. */
export function decodeCursor(
  cursor: string,
  kinds: readonly CursorValue[],
): readonly (string | number | boolean)[] {
  const values = parse(cursor);
  if (!Array.isArray(values) || values.length !== kinds.length) throw new InvalidCursor();
  if (!kinds.every((kind, at) => isOfKind[kind](values[at]))) throw new InvalidCursor();
  return values as (string | number | boolean)[];
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new InvalidCursor();
    throw error;
  }
}

/** Rows per page when the caller names no number. */
export const pageSizeDefault = 50;

/** Cuts the one row too many that was read, and names the place after the page. */
export function cutPage<T>(
  rows: readonly T[],
  limit: number,
  place: (row: T) => readonly (string | number | boolean)[],
): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(place(last)) : null };
}
