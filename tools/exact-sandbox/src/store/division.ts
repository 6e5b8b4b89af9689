import type { Database } from './database.js';
import type { GuidCodec } from './guid-codec.js';
import type { Row } from './rows.js';
import { Table } from './table.js';

/** The record kinds and their numbers inside GUIDs. */
export const RECORD_KINDS = {
  Accounts: 1,
  Contacts: 2,
  Addresses: 3,
  BankAccounts: 4,
  GLAccounts: 5,
  Journals: 6,
  VATCodes: 7,
  PaymentConditions: 8,
  Costcenters: 9,
  Costunits: 10,
  SalesEntries: 11,
  SalesEntryLines: 12,
  Receivables: 13,
  WebhookSubscriptions: 14,
  Deleted: 15,
  Users: 16,
  Persons: 17,
  Customers: 18,
} as const;

export type TableName = Exclude<keyof typeof RECORD_KINDS, 'Users' | 'Persons' | 'Customers'>;

const TABLE_NAMES: readonly TableName[] = [
  'Accounts',
  'Contacts',
  'Addresses',
  'BankAccounts',
  'GLAccounts',
  'Journals',
  'VATCodes',
  'PaymentConditions',
  'Costcenters',
  'Costunits',
  'SalesEntries',
  'SalesEntryLines',
  'Receivables',
  'WebhookSubscriptions',
  'Deleted',
];

/** What an administration tells about itself. Dates are epoch milliseconds. */
export interface DivisionProfile {
  readonly code: number;
  readonly hid: number;
  readonly description: string;
  readonly kvk: string;
  readonly vatNumber: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly phone: string;
  readonly email: string;
  readonly createdAt: number;
  readonly isMain: boolean;
  /** Digits to which account codes are zero-padded before the blanks; 0 = not. */
  readonly codeLength: number;
  /** Bookings before this instant fall in a closed period. */
  readonly closedBefore: number;
  readonly customerRow: number;
  readonly customerCode: number;
  readonly customerName: string;
}

/** The numbers that a division gives out next, and the row version it gave out last. */
export interface DivisionCounters {
  readonly stamp: number;
  readonly account: number;
  readonly contact: number;
  readonly receivable: number;
  /** By journal and year. */
  readonly entries: Readonly<Record<string, number>>;
}

/** A user's name and number as records show them. */
export interface UserNames {
  guid(user: number): string;
  fullName(user: number): string;
}

/** What a division is made of. */
export interface DivisionParts {
  /** Its number in the world. */
  readonly ordinal: number;
  readonly profile: DivisionProfile;
  readonly database: Database;
  readonly guids: GuidCodec;
  readonly users: UserNames;
}

/** One administration: its profile, its tables and the database it lives in. */
export class Division {
  readonly tables: Readonly<Record<TableName, Table>>;
  /** 1 active, 2 archived (system/Divisions). */
  status = 1;
  /** 0 = not blocked; 2 = conversion busy. */
  blockingStatus = 0;
  movedAt: number | undefined;
  modifiedAt: number;
  nextAccountCode = 1;
  nextContactNumber = 1;
  nextReceivableNumber = 1;
  private readonly entryNumbers = new Map<string, number>();

  readonly ordinal: number;
  readonly profile: DivisionProfile;
  readonly guids: GuidCodec;
  readonly users: UserNames;
  database: Database;

  constructor({ ordinal, profile, database, guids, users }: DivisionParts) {
    this.ordinal = ordinal;
    this.profile = profile;
    this.database = database;
    this.guids = guids;
    this.users = users;
    this.modifiedAt = profile.createdAt;
    const table = (name: TableName): Table =>
      new Table(guids, { kind: RECORD_KINDS[name], division: ordinal });
    const entries = TABLE_NAMES.map((name) => [name, table(name)] as const);
    // Safe: TABLE_NAMES lists every TableName.
    this.tables = Object.fromEntries(entries) as Record<TableName, Table>;
  }

  get code(): number {
    return this.profile.code;
  }

  account(row: Row): Row | undefined {
    return row.$account < 0 ? undefined : this.tables.Accounts.get(row.$account);
  }

  /** A master record by its code, compared without padding and case. */
  master(table: TableName, code: string): Row | undefined {
    const wanted = code.trim().toUpperCase();
    for (const row of this.tables[table].all()) {
      if (typeof row.Code === 'string' && row.Code.toUpperCase() === wanted) return row;
    }
    return undefined;
  }

  /** The next free entry number of a journal in a year: two digits of the year, the journal, a sequence. */
  takeEntryNumber(journal: string, year: number): number {
    const first = (year % 100) * 1_000_000 + Number(journal) * 10_000 + 1;
    const key = `${journal}/${year}`;
    const number = this.entryNumbers.get(key) ?? first;
    this.entryNumbers.set(key, number + 1);
    return number;
  }

  /** Puts the division in another database: every row version is made anew and DivisionMoveDate is set. */
  moveTo(database: Database, at: number): void {
    this.database = database;
    for (const name of TABLE_NAMES) this.tables[name].restampAll(() => database.nextStamp());
    this.movedAt = at;
    this.modifiedAt = at;
  }

  counters(): DivisionCounters {
    return {
      stamp: this.database.lastStamp,
      account: this.nextAccountCode,
      contact: this.nextContactNumber,
      receivable: this.nextReceivableNumber,
      entries: Object.fromEntries(this.entryNumbers),
    };
  }

  /** Goes on counting where an earlier start left off. */
  restoreCounters({ stamp, account, contact, receivable, entries }: DivisionCounters): void {
    this.database.raiseTo(stamp);
    this.nextAccountCode = account;
    this.nextContactNumber = contact;
    this.nextReceivableNumber = receivable;
    for (const [key, number] of Object.entries(entries)) this.entryNumbers.set(key, number);
  }

  tableNames(): readonly TableName[] {
    return TABLE_NAMES;
  }
}
