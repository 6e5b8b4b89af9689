import { sql } from 'drizzle-orm';
import type { Database } from '../database.js';

/**
 * Tells the planner what a first load has brought. Until autovacuum comes by, Postgres believes that the tables are empty and looks
 * up each account's bank accounts by reading all of the administration's. Only columns that are searched by: those of JSON take a second, but
 * for `base`, which is empty then: without that the planner reads all rows for the few that wait.
 * A login that does not own the tables changes nothing.
 */
export async function refreshStatistics(database: Database): Promise<void> {
  await database.db.execute(sql`
    analyze source_relations (id, tenant_id, administration_id, state, changed_in_run, base),
      source_parts (tenant_id, administration_id, account_exact_id, kind, state, base)`);
}
