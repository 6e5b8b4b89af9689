import { z } from 'zod';
import type { CallClass } from '../limits/budget.js';
import type { RowSchema } from '../odata/decode.js';
import { isRecord } from '../odata/envelope.js';
import { calendarDate, guid, int32, int64 } from '../odata/fields.js';
import { literal } from '../odata/literals.js';
import type { Zone } from '../odata/zone.js';
import type { Context } from '../request.js';
import { syncAccountSchema, type SyncAccount } from './account-fields.js';
import { publicPage, readPage, type Page, type Resource } from './page.js';
import { syncAddressSchema, syncContactSchema, syncGlAccountSchema } from './sync-fields.js';
import type { SyncAddress, SyncContact, SyncGlAccount } from './sync-fields.js';

/** What can be read by row version. */
export interface SyncRows {
  readonly accounts: SyncAccount;
  readonly contacts: SyncContact;
  readonly addresses: SyncAddress;
  readonly 'gl-accounts': SyncGlAccount;
}
/** A kind of record with row versions. */
export type SyncKind = keyof SyncRows;

/** Where the next change starts, per administration and kind: a row version, which has nothing to do with time (E10). */
export interface SyncCursor {
  /** Digits of a 64-bit number, never a JS number; `1` for everything. The last page's `lastTimestamp`, and kept with the rows it covers. */
  readonly afterTimestamp: string;
  /** The last page's `next`; without it a new read starts at `afterTimestamp`. */
  readonly next?: string | undefined;
  readonly class: CallClass;
}

/** One page of changes. */
export interface SyncPage<T> extends Page<T> {
  /** The highest row version seen up to here, rejected records included; `afterTimestamp` when the page was empty. */
  readonly lastTimestamp: string;
}

/** The first `afterTimestamp`: Exact documents "greater than 1" for a read from the beginning. */
export const FIRST_TIMESTAMP = '1';

/** Exact's entity types in `sync/Deleted` that this package reads (5.3 lists 59). */
export const DELETED_ENTITY_TYPES = { accounts: 2, addresses: 3, contacts: 5, 'gl-accounts': 7 } as const;

export const deletedSchema = z.object({
  Timestamp: int64,
  ID: guid,
  Division: int32,
  /** The `ID` of the record that is gone. */
  EntityKey: guid,
  /** One of DELETED_ENTITY_TYPES, or another kind's number. */
  EntityType: z.number('is no number').int(),
  /** The server's local date; Exact keeps the log two months. */
  DeletedDate: calendarDate,
});
/** A line of the log of deleted records. */
export type DeletedRecord = z.output<typeof deletedSchema>;

export function createSync(context: Context) {
  const resources = syncResources(context.zone);
  const deleted = { endpoint: 'sync/Deleted', schema: deletedSchema };
  return {
    async syncPage<K extends SyncKind>(
      kind: K,
      division: number,
      cursor: SyncCursor,
    ): Promise<SyncPage<SyncRows[K]>> {
      // The table below pairs each kind with the schema its rows come from.
      const resource = resources[kind] as Resource<RowSchema>;
      const page = await readChanges(context, resource, { division, cursor });
      return page as SyncPage<unknown> as SyncPage<SyncRows[K]>;
    },
    async deletedPage(division: number, cursor: SyncCursor): Promise<SyncPage<DeletedRecord>> {
      return readChanges(context, deleted, { division, cursor });
    },
  };
}

function syncResources(zone: Zone) {
  return {
    accounts: { endpoint: 'sync/CRM/Accounts', schema: syncAccountSchema(zone) },
    contacts: { endpoint: 'sync/CRM/Contacts', schema: syncContactSchema(zone) },
    addresses: { endpoint: 'sync/CRM/Addresses', schema: syncAddressSchema(zone) },
    'gl-accounts': { endpoint: 'sync/Financial/GLAccounts', schema: syncGlAccountSchema },
  } satisfies Record<SyncKind, Resource<RowSchema>>;
}

async function readChanges<S extends RowSchema>(
  context: Context,
  resource: Resource<S>,
  { division, cursor }: { division: number; cursor: SyncCursor },
): Promise<SyncPage<z.output<S>>> {
  const after = literal.int64(cursor.afterTimestamp);
  const query = { $filter: `Timestamp gt ${after}` };
  const page = await readPage(context, resource, { division, class: cursor.class, query, next: cursor.next });
  const lastTimestamp = highest(page.raw, cursor.afterTimestamp);
  return { ...publicPage(page), rows: newestOnly(page.rows), lastTimestamp };
}

/** A record that changed while the page was made may stand in it twice: the higher row version is the truth. */
function newestOnly<T>(rows: readonly T[]): readonly T[] {
  const newest = new Map<unknown, T>();
  for (const row of rows) {
    const { ID: id, Timestamp: timestamp } = row as { ID: string; Timestamp: string };
    const other = newest.get(id) as { Timestamp: string } | undefined;
    if (other === undefined || isHigher(timestamp, other.Timestamp)) newest.set(id, row);
  }
  return newest.size === rows.length ? rows : [...newest.values()];
}

/** Rejected rows count as well, or the same bad record would be asked for again for ever. */
function highest(raw: readonly unknown[], start: string): string {
  let last = start;
  for (const row of raw) {
    const timestamp = isRecord(row) ? int64.safeParse(row['Timestamp']) : undefined;
    if (timestamp?.success === true && isHigher(timestamp.data, last)) last = timestamp.data;
  }
  return last;
}

/** Of two numbers in digits without a sign. */
function isHigher(a: string, b: string): boolean {
  return a.length === b.length ? a > b : BigInt(a) > BigInt(b);
}
