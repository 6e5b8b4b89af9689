import type { Division, TableName } from './division.js';
import type { Row, Value } from './rows.js';

/** A new record: its Exact properties, and facts that are none. */
export interface NewRecord {
  readonly at: number;
  readonly user: number;
  readonly account?: number;
  readonly values: Readonly<Record<string, Value>>;
}

/** Adds a record with the next row number and row version. Undefined values are left out of the answer later. */
export function insertRow(division: Division, table: TableName, record: NewRecord): Row {
  const rows = division.tables[table];
  const row: Row = {
    $row: rows.nextRow,
    $stamp: division.database.nextStamp(),
    $created: record.at,
    $modified: record.at,
    $creator: record.user,
    $modifier: record.user,
    $account: record.account ?? -1,
    ...record.values,
  };
  rows.insert(row);
  return row;
}
