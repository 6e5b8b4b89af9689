/** The opaque place in a keyset list: the last row's sort values. */
export function encodeCursor(values: readonly (string | number | boolean | null)[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

/** The sort values of a cursor; undefined when it is none of ours or has another number of values. */
export function decodeCursor(
  cursor: string,
  length: number,
): readonly (string | number | boolean | null)[] | undefined {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(values) || values.length !== length) return undefined;
    const isPlain = values.every(
      (value) => value === null || ['string', 'number', 'boolean'].includes(typeof value),
    );
    return isPlain ? (values as (string | number | boolean | null)[]) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Rows per page when the caller names no number. */
export const pageSizeDefault = 50;

/** Cuts the one row too many that was read, and names the place after the page. */
export function cutPage<T>(
  rows: readonly T[],
  limit: number,
  place: (row: T) => readonly (string | number | boolean | null)[],
): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(place(last)) : null };
}
