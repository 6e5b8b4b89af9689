/** A value as the sandbox keeps it: dates are milliseconds, references are row numbers. */
export type Value = string | number | boolean | null | undefined;

/**
 * One stored record: only what was filled in. Keys that start with `$` are the sandbox's own and never leave through
 * the Exact API; all others are Exact's property names.
 */
export interface Row {
  /** Row number in its table; the record's GUID is made from it. */
  readonly $row: number;
  /** Offset of the row version from the database's base. */
  $stamp: number;
  /** Instants in epoch milliseconds. */
  $created: number;
  $modified: number;
  $creator: number;
  $modifier: number;
  /** Row number of the account that the record belongs to, -1 when there is none. */
  $account: number;
  [name: string]: Value;
}

/** Reads a text from a row; anything else reads as empty. */
export function textOf(row: Readonly<Record<string, Value>> | undefined, name: string): string {
  const value = row?.[name];
  return typeof value === 'string' ? value : '';
}

/** Reads a number from a row, undefined when it holds none. */
export function numberOf(row: Readonly<Record<string, Value>> | undefined, name: string): number | undefined {
  const value = row?.[name];
  return typeof value === 'number' ? value : undefined;
}
