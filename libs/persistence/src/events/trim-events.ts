import { sql } from 'drizzle-orm';
import { inSystem, type Database } from '../database.js';

/**
 * Forgets events that happened before `before`, of all tenants, with their deliveries and attempts; at most `limit` of them, the
 * oldest first. Returns how many went.
 */
export async function trimEvents(
  database: Database,
  { before, limit }: { readonly before: Date; readonly limit: number },
): Promise<number> {
  return inSystem(database, async (tx) => {
    const gone = await tx.execute(sql`
      with old as (
        select id from webhook_events where occurred_at < ${before.toISOString()}::timestamptz
        order by occurred_at limit ${limit} for update skip locked),
      deliveries as (delete from webhook_deliveries where event_id in (select id from old) returning id),
      attempts as (delete from webhook_attempts where delivery_id in (select id from deliveries))
      delete from webhook_events where id in (select id from old) returning 1`);
    return gone.length;
  });
}
