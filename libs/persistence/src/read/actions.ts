import { and, desc, eq, ne, notInArray, sql } from 'drizzle-orm';
import type { Act } from '@koppel/domain/history';
import type { Action } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { uuidArray } from '../relations/arrays.js';
import { toAction } from '../relations/drizzle-actions.js';
import { toAct } from '../relations/drizzle-acts.js';
import { actions } from '../schema/index.js';
import { cutPage, decodeCursor, pageSizeDefault } from './cursor.js';
import { escapeLike } from './relations.js';

/** Acts that take others back. */
export const isNoUndo = notInArray(actions.kind, ['undo', 'reopen-issue']);

/** An act on relations, or another one. */
export type HistoryItem = Action | Act;

/** Whether it is no act on relations. */
export const isAct = (item: HistoryItem): item is Act => 'facts' in item;

export interface ActionFilter {
  readonly relationId?: string | undefined;
  readonly administrationId?: string | undefined;
  /** Part of a person's name. */
  readonly actor?: string | undefined;
  readonly batchId?: string | undefined;
  /** False leaves out acts that took another one back. */
  readonly hasUndos?: boolean | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/**
 * History, newest first. Changes that came from Exact stand in a relation's own history:
 * among all acts, a night's resync would bury what people decided.
 */
export async function listActions(
  tx: Tx,
  filter: ActionFilter,
): Promise<{ items: HistoryItem[]; nextCursor: string | null }> {
  const limit = filter.limit ?? pageSizeDefault;
  const after = filter.cursor === undefined ? undefined : decodeCursor(filter.cursor, ['moment', 'id']);
  const rows = await tx
    .select()
    .from(actions)
    .where(
      and(
        filter.relationId === undefined
          ? ne(actions.kind, 'exact-change')
          : sql`${actions.relationIds} && ${uuidArray([filter.relationId])}`,
        filter.administrationId === undefined
          ? undefined
          : sql`(${actions.administrationId} = ${filter.administrationId} or exists (
              select from links l join source_relations s on s.id = l.source_relation_id
              where l.tenant_id = ${actions.tenantId} and l.relation_id = any(${actions.relationIds})
                and s.administration_id = ${filter.administrationId}))`,
        filter.actor === undefined
          ? undefined
          : sql`${actions.actorName} ilike ${`%${escapeLike(filter.actor)}%`}`,
        filter.batchId === undefined ? undefined : eq(actions.batchId, filter.batchId),
        filter.hasUndos === false ? isNoUndo : undefined,
        after && sql`(${actions.at}, ${actions.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(desc(actions.at), desc(actions.id))
    .limit(limit + 1);
  return cutPage(rows.map(toItem), limit, (row) => [row.at.toISOString(), row.id]);
}

/** One act. */
export async function readAction(tx: Tx, id: string): Promise<HistoryItem | undefined> {
  const [row] = await tx.select().from(actions).where(eq(actions.id, id));
  return row && toItem(row);
}

function toItem(row: typeof actions.$inferSelect): HistoryItem {
  return row.facts === null ? toAction(row) : toAct(row);
}
