import { insertRow } from './insert.js';
import type { Database } from './database.js';
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

/** Hears of everything that is written, also what Exact tells nobody. */
export interface WriteWatcher {
  written(division: Division, table: TableName, row: number): void;
  /** Just before a division goes to another database. */
  moving(division: Division, at: number): void;
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
  private readonly watchers: WriteWatcher[] = [];

  constructor(private readonly now: () => number) {}

  onChange(listener: (notice: ChangeNotice) => void): void {
    this.listeners.push(listener);
  }

  watch(watcher: WriteWatcher): void {
    this.watchers.push(watcher);
  }

  /** The hand of one user in one division. */
  by(user: number, division: Division): Hand {
    const tell = (notice: ChangeNotice): void => {
      for (const listener of this.listeners) listener(notice);
    };
    const written = (table: TableName, row: number): void => this.written(division, table, row);
    return new Hand({ user, division, now: this.now, tell, written });
  }

  /** Sets what Exact changes without a new row version and without telling anybody. */
  amend(place: { readonly division: Division; readonly table: TableName }, row: Row, values: Values): void {
    Object.assign(row, values);
    this.written(place.division, place.table, row.$row);
  }

  /** Moves a division to another database. */
  move(division: Division, database: Database): void {
    const at = this.now();
    for (const watcher of this.watchers) watcher.moving(division, at);
    division.moveTo(database, at);
  }

  /** Forgets deletions that Exact would no longer show: its log is kept two months. */
  forgetOldDeletions(division: Division): void {
    const oldest = this.now() - DELETED_KEPT_MS;
    for (const row of division.tables.Deleted.all()) {
      if (row.$created >= oldest) continue;
      division.tables.Deleted.remove(row);
      this.written(division, 'Deleted', row.$row);
    }
  }

  private written(division: Division, table: TableName, row: number): void {
    for (const watcher of this.watchers) watcher.written(division, table, row);
  }
}

type Values = Readonly<Record<string, Value>>;

interface HandDeps {
  readonly user: number;
  readonly division: Division;
  readonly now: () => number;
  readonly tell: (notice: ChangeNotice) => void;
  readonly written: (table: TableName, row: number) => void;
}

/** Changes by one user in one division. */
export class Hand {
  constructor(private readonly deps: HandDeps) {}

  /** Makes a record; `account` is the row number of the account that it belongs to. */
  insert(table: TableName, values: Values, account = -1): Row {
    const { division, user, now } = this.deps;
    const row = insertRow(division, table, { at: now(), user, account, values });
    this.tell(table, row, 'Create');
    return row;
  }

  update(table: TableName, row: Row, values: Values): void {
    const { division, user, now } = this.deps;
    Object.assign(row, values);
    row.$modified = now();
    row.$modifier = user;
    division.tables[table].restamp(row, division.database.nextStamp());
    this.tell(table, row, 'Update');
  }

  /** Sets values without a new row version and without telling anybody. */
  amend(table: TableName, row: Row, values: Values): void {
    Object.assign(row, values);
    this.deps.written(table, row.$row);
  }

  remove(table: TableName, row: Row): void {
    const { division, user, now, written } = this.deps;
    const key = division.tables[table].guid(row.$row);
    division.tables[table].remove(row);
    const entityType = DELETED_TYPES[table];
    if (entityType !== undefined) {
      const values = { EntityKey: key, EntityType: entityType };
      written('Deleted', insertRow(division, 'Deleted', { at: now(), user, values }).$row);
    }
    this.tell(table, row, 'Delete');
  }

  private tell(table: TableName, row: Row, action: ChangeAction): void {
    const { division, tell, written } = this.deps;
    written(table, row.$row);
    tell({ division, table, key: division.tables[table].guid(row.$row), action });
  }
}
