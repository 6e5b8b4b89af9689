import { sql } from 'drizzle-orm';
import { inSystem, type Database } from '../database.js';

/**
 * Forgets resyncs that completed longer than `ageMs` ago, steps and log included; at most `limit` of them, the oldest first. First
 * couplings and additions stay, and so does whatever failed: there are few, and people ask about them. Those that were taken back because
 * everybody waited go too, once a later one compared what they had stored: there is one every quarter of an hour. Returns how many went.
 */
export async function trimRuns(
  database: Database,
  bounds: { readonly ageMs: number; readonly limit: number },
): Promise<number> {
  return inSystem(database, async (tx) => {
    const gone = await tx.execute<{ id: string }>(sql`
      delete from sync_runs where id in (select id from sync_runs r
        where kind = 'resync' and (state = 'completed' or (state = 'cancelled' and failure ->> 'kind' = 'nothing-fetched'
          and exists (select from sync_runs l where l.tenant_id = r.tenant_id and l.state = 'completed' and l.ended_at > r.ended_at)))
          and ended_at < now() - ${bounds.ageMs} * interval '1 millisecond'
        order by ended_at limit ${bounds.limit} for update skip locked)
      returning id`);
    const ids = sql`${`{${gone.map(({ id }) => id).join(',')}}`}::uuid[]`;
    await tx.execute(sql`delete from sync_steps where run_id = any(${ids})`);
    await tx.execute(sql`delete from sync_events where run_id = any(${ids})`);
    await tx.execute(sql`delete from sync_comparisons where run_id = any(${ids})`);
    // Told by a worker that died after its run had ended: nobody sums them up any more.
    await tx.execute(sql`delete from sync_comparisons c using sync_runs r
      where r.id = c.run_id and r.ended_at < now() - ${bounds.ageMs} * interval '1 millisecond'`);
    return gone.length;
  });
}
