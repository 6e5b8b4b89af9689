/** A column as drizzle-kit describes it. */
interface Column {
  readonly type: string;
  readonly notNull: boolean;
  readonly default?: unknown;
}

export type Columns = Readonly<Record<string, Column | undefined>>;

/** The part of a drizzle-kit snapshot that a program which reads and writes rows depends on. */
export interface Snapshot {
  readonly tables: Readonly<Record<string, { readonly columns: Columns } | undefined>>;
}

/**
 * What a program written for `before` could not go on with after a migration to `after`, in words: tables and columns that are gone or of
 * another type, and columns that it does not fill although they must be.
 */
export function breaksOf(before: Snapshot, after: Snapshot): string[] {
  return Object.entries(before.tables).flatMap(([table, was]) => {
    const is = after.tables[table];
    if (!was) return [];
    return is ? brokenColumns(table, was.columns, is.columns) : [`${table} is gone`];
  });
}

function brokenColumns(table: string, before: Columns, after: Columns): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const broken = brokenColumn(before[name], after[name]);
    return broken === undefined ? [] : [`${table}.${name} ${broken}`];
  });
}

function brokenColumn(was: Column | undefined, is: Column | undefined): string | undefined {
  if (!is) return 'is gone';
  if (was && was.type !== is.type) return 'has another type';
  const isNewDuty = is.notNull && is.default === undefined && !was?.notNull;
  return isNewDuty ? 'must be filled' : undefined;
}
