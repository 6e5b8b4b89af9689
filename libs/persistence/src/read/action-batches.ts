import { and, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../database.js';
import { actions } from '../schema/index.js';
import { isNoUndo, type HistoryItem } from './actions.js';

/** Per batch, how many acts it has and how many of them stand; what took them back is not counted. */
export type ActionBatches = ReadonlyMap<string, { readonly acts: number; readonly standing: number }>;

/** The batches that acts belong to. Bounded by the acts of one page. */
export async function readActionBatches(tx: Tx, of: readonly HistoryItem[]): Promise<ActionBatches> {
  const ids = [...new Set(of.flatMap(({ batchId }) => batchId ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({
      batchId: actions.batchId,
      acts: sql<number>`count(*)::int`,
      standing: sql<number>`(count(*) filter (where ${actions.undoneBy} is null))::int`,
    })
    .from(actions)
    .where(and(inArray(actions.batchId, ids), isNoUndo))
    .groupBy(actions.batchId);
  return new Map(rows.map(({ batchId, ...counts }) => [batchId ?? '', counts]));
}
