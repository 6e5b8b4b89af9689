import { and, desc, eq, sql } from 'drizzle-orm';
import type { Conflict } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { toConflict } from '../relations/drizzle-conflicts.js';
import { conflicts, relations } from '../schema/index.js';
import { cutPage, decodeCursor, pageSizeDefault } from './cursor.js';

export interface ConflictRow extends Conflict {
  readonly relationName: string;
}

/** Open conflicts, newest first. Throws `InvalidCursor` when the cursor is none of this list. */
export async function listConflicts(
  tx: Tx,
  page: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
): Promise<{ items: ConflictRow[]; nextCursor: string | null }> {
  const limit = page.limit ?? pageSizeDefault;
  const after = page.cursor === undefined ? undefined : decodeCursor(page.cursor, ['moment', 'id']);
  const rows = await tx
    .select({ conflict: conflicts, relationName: relations.name })
    .from(conflicts)
    .innerJoin(relations, eq(relations.id, conflicts.relationId))
    .where(
      and(
        eq(conflicts.state, 'open'),
        after &&
          sql`(${conflicts.openedAt}, ${conflicts.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(desc(conflicts.openedAt), desc(conflicts.id))
    .limit(limit + 1);
  const items = rows.map((row) => ({ ...toConflict(row.conflict), relationName: row.relationName }));
  return cutPage(items, limit, (row) => [row.openedAt.toISOString(), row.id]);
}
