import { inArray } from 'drizzle-orm';
import type { Action } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { relations } from '../schema/index.js';

/** A relation's name as it is now, by its id; also of one that has merged into another. */
export type RelationNames = ReadonlyMap<string, string>;

/** The names of the relations that acts are about. Bounded by the acts of one page. */
export async function readRelationNames(
  tx: Tx,
  actions: readonly Pick<Action, 'relationIds'>[],
): Promise<RelationNames> {
  const ids = [...new Set(actions.flatMap(({ relationIds }) => relationIds))];
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: relations.id, name: relations.name })
    .from(relations)
    .where(inArray(relations.id, ids));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
