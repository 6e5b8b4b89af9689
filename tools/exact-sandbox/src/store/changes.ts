import type { RecordFacts } from './insert.js';
import { insertRow } from './insert.js';
import type { Division, TableName } from './division.js';
import type { Row, Value } from './rows.js';

export type ChangeAction = 'Create' | 'Update' | 'Delete';

/** A change as the rest of the world hears of it. */
export interface ChangeNotice {
  readonly division: Division;
  readonly table: TableName;
  readonly key: string;
  readonly action: ChangeAction;
}

/** EntityType numbers of sync/Deleted; kinds that are absent leave no trace there. */
const DELETED_TYPES: Readonly<Partial<Record<TableName, number>>> = {
  Accounts: 2,
  Addresses: 3,
  Contacts: 5,
  GLAccounts: 7,
};
const DELETED_KEPT_MS = 60 * 86_400_000;

/** The one way in which records change: row version, Modified, the log of deletions and notices move along. */
export class Changes {
  private readonly listeners: ((notice: ChangeNotice) => void)[] = [];

  constructor(private readonly now: () => number) {}

  onChange(listener: (notice: ChangeNotice) => void): void {
    this.listeners.push(listener);
  }

  insert(
    division: Division,
    table: TableName,
    facts: Omit<RecordFacts, 'at'>,
    values: Readonly<Record<string, Value>>,
  ): Row {
    const row = insertRow(division, table, { ...facts, at: this.now() }, values);
    this.tell(division, table, row, 'Create');
    return row;
  }

  update(
    division: Division,
    table: TableName,
    row: Row,
    by: number,
    values: Readonly<Record<string, Value>>,
  ): void {
    Object.assign(row, values);
    row.$modified = this.now();
    row.$modifier = by;
    division.tables[table].restamp(row, division.database.nextStamp());
    this.tell(division, table, row, 'Update');
  }

  remove(division: Division, table: TableName, row: Row, by: number): void {
    const key = division.tables[table].guid(row.$row);
    division.tables[table].remove(row);
    const entityType = DELETED_TYPES[table];
    if (entityType !== undefined) {
      const facts = { user: by, at: this.now() };
      insertRow(division, 'Deleted', facts, { EntityKey: key, EntityType: entityType });
    }
    this.tell(division, table, row, 'Delete');
  }

  /** Forgets deletions that Exact would no longer show: its log is kept two months. */
  forgetOldDeletions(division: Division): void {
    const oldest = this.now() - DELETED_KEPT_MS;
    for (const row of division.tables.Deleted.all()) {
      if (row.$created < oldest) division.tables.Deleted.remove(row);
    }
  }

  private tell(division: Division, table: TableName, row: Row, action: ChangeAction): void {
    const key = division.tables[table].guid(row.$row);
    for (const listener of this.listeners) listener({ division, table, key, action });
  }
}
