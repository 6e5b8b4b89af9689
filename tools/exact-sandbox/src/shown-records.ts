import { endpointOf } from './schema/endpoints.js';
import type { Division, TableName } from './store/division.js';
import type { Value } from './store/rows.js';

/** A record as the API shows it, for a judge who holds an app's copy against it. */
export interface ShownRecord {
  readonly id: string;
  /** Its row version, as sync tells it. */
  readonly version: bigint;
  /** When it was last changed, in epoch milliseconds. */
  readonly modifiedAt: number;
  /** A property by Exact's name: references as GUIDs, dates as milliseconds. Throws when there is no such property. */
  readonly says: (property: string) => Value;
}

/** Every record of a table, read without a call. */
export function shownRecords(division: Division, table: TableName): readonly ShownRecord[] {
  const fields = endpointOf(table)?.entity.fieldByName;
  const rows = division.tables[table];
  return [...rows.all()].map((row) => ({
    id: rows.guid(row.$row),
    version: BigInt(division.database.stampText(row.$stamp)),
    modifiedAt: row.$modified,
    says: (property) => {
      const field = fields?.get(property);
      if (!field) throw new Error(`${table} has no property ${property}`);
      return field.read(row, division);
    },
  }));
}
