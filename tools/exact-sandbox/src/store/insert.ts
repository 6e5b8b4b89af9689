import type { Division, TableName } from './division.js';
import type { Row, Value } from './rows.js';

/** Facts of a new record that are not Exact properties. */
export interface RecordFacts {
  readonly at: number;
  readonly user: number;
  readonly account?: number;
}

/** Adds a record with the next row number and row version. Undefined values are left out of the answer later. */
export function insertRow(
  division: Division,
  table: TableName,
  facts: RecordFacts,
  values: Readonly<Record<string, Value>>,
): Row {
  const rows = division.tables[table];
  const row: Row = {
    $row: rows.nextRow,
    $stamp: division.database.nextStamp(),
    $created: facts.at,
    $modified: facts.at,
    $creator: facts.user,
    $modifier: facts.user,
    $account: facts.account ?? -1,
    ...values,
  };
  rows.insert(row);
  return row;
}
