import { sql } from 'drizzle-orm';
import { column } from '../array-parameter.js';
import { inSystem, type Database, type Tx } from '../database.js';
import { firstIdAt, idsOfMoments } from '../new-id.js';

/** A delivery that was deleted, whose attempts are to follow. */
export interface GoneDelivery {
  readonly [column: string]: unknown;
  readonly tenant_id: string;
  readonly id: string;
}

/**
 * Forgets events that happened before `before`, of all tenants, with their deliveries and attempts; at most `limit` of them, the
 * oldest first. Returns how many went. The id of an event begins with its moment, and so does that of its deliveries: their primary keys
 * find what is old.
 *
 * Each statement sees what the one before it waited for: an attempt that was being written leaves nothing behind. An event that is
 * being replayed stays for the next time.
 */
export async function trimEvents(
  database: Database,
  { before, limit }: { readonly before: Date; readonly limit: number },
): Promise<number> {
  return inSystem(database, async (tx) => {
    const old = await tx.execute<GoneEvent>(sql`
      select tenant_id, id from webhook_events where id < ${firstIdAt(before)}::uuid
      order by id limit ${limit} for update skip locked`);
    const [first, last] = [old[0], old.at(-1)];
    if (!first || !last) return 0;
    const { lowest, highest } = idsOfMoments(first.id, last.id);
    const gone = await tx.execute<GoneDelivery>(sql`
      delete from webhook_deliveries where id between ${lowest}::uuid and ${highest}::uuid and (tenant_id, event_id) in (${pairs(old)})
      returning tenant_id, id`);
    await forgetAttempts(tx, gone);
    await tx.execute(sql`delete from webhook_events where (tenant_id, id) in (${pairs(old)})`);
    return old.length;
  });
}

type GoneEvent = GoneDelivery;

/** In a statement of its own, after the one that deleted the deliveries. */
export async function forgetAttempts(tx: Tx, deliveries: readonly GoneDelivery[]): Promise<void> {
  await tx.execute(
    sql`delete from webhook_attempts where (tenant_id, delivery_id) in (${pairs(deliveries)})`,
  );
}

const pairs = (rows: readonly GoneDelivery[]) =>
  sql`select * from unnest(${column(rows, (row) => row.tenant_id)}::uuid[], ${column(rows, ({ id }) => id)}::uuid[])`;
