import { isAlike } from './unique-ids.js';

/** What to tell of the columns that nothing is read from, with the name that was perhaps meant; null when all are used. */
export function unusedColumns(header: readonly string[], used: readonly string[]): string | null {
  const unused = header.filter((column) => column !== '' && !used.includes(column));
  if (unused.length === 0) return null;
  return `columns that are not used: ${unused.map((column) => withHint(column, header, used)).join(', ')}`;
}

function withHint(column: string, header: readonly string[], used: readonly string[]): string {
  const meant = used.find((name) => isAlike(name, column) && !header.includes(name));
  return meant === undefined ? column : `${column} (is it ${meant}?)`;
}
