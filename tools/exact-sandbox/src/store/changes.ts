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

  /** The hand of one user in one division. */
  by(user: number, division: Division): Hand {
    const tell = (notice: ChangeNotice): void => {
      for (const listener of this.listeners) listener(notice);
    };
    return new Hand({ user, division, now: this.now, tell });
  }

  /** Forgets deletions that Exact would no longer show: its log is kept two months. */
  forgetOldDeletions(division: Division): void {
    const oldest = this.now() - DELETED_KEPT_MS;
    for (const row of division.tables.Deleted.all()) {
      if (row.$created < oldest) division.tables.Deleted.remove(row);
    }
  }
}

interface HandDeps {
  readonly user: number;
  readonly division: Division;
  readonly now: () => number;
  readonly tell: (notice: ChangeNotice) => void;
}

/** Changes by one user in one division. */
export class Hand {
  constructor(private readonly deps: HandDeps) {}

  /** Makes a record; `account` is the row number of the account that it belongs to. */
  insert(table: TableName, values: Readonly<Record<string, Value>>, account = -1): Row {
    const { division, user, now } = this.deps;
    const row = insertRow(division, table, { at: now(), user, account, values });
    this.tell(table, row, 'Create');
    return row;
  }

  update(table: TableName, row: Row, values: Readonly<Record<string, Value>>): void {
    const { division, user, now } = this.deps;
    Object.assign(row, values);
    row.$modified = now();
    row.$modifier = user;
    division.tables[table].restamp(row, division.database.nextStamp());
    this.tell(table, row, 'Update');
  }

  remove(table: TableName, row: Row): void {
    const { division, user, now } = this.deps;
    const key = division.tables[table].guid(row.$row);
    division.tables[table].remove(row);
    const entityType = DELETED_TYPES[table];
    if (entityType !== undefined) {
      insertRow(division, 'Deleted', { at: now(), user, values: { EntityKey: key, EntityType: entityType } });
    }
    this.tell(table, row, 'Delete');
  }

  private tell(table: TableName, row: Row, action: ChangeAction): void {
    const { division, tell } = this.deps;
    tell({ division, table, key: division.tables[table].guid(row.$row), action });
  }
}
