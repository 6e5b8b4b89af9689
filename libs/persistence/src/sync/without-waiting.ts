import { sql } from 'drizzle-orm';

/**
 * A column for a statement whose commit does not wait for the disk: what a crash of the database takes back, rows and cursor alike, is
 * fetched again, and a forgotten reservation is told by Exact's next answer. A first load has thousands of such commits.
 */
export const withoutWaiting = sql`set_config('synchronous_commit', 'off', true)`;
