import { sql } from 'drizzle-orm';
import { inSystem, type Database } from '../database.js';

/** Forgets answers that were kept longer than `ageMs`, of all tenants; at most `limit` of them, the oldest first. Returns how many went. */
export async function trimAnswers(
  database: Database,
  bounds: { readonly ageMs: number; readonly limit: number },
): Promise<number> {
  return inSystem(database, async (tx) => {
    const gone = await tx.execute(sql`
      delete from kept_answers where (tenant_id, actor_id, key_hash) in (
        select tenant_id, actor_id, key_hash from kept_answers
        where answered_at < now() - ${bounds.ageMs} * interval '1 millisecond'
        order by answered_at limit ${bounds.limit} for update skip locked)
      returning 1`);
    return gone.length;
  });
}
