import { and, asc, eq, isNotNull, isNull, sql, type SQL } from 'drizzle-orm';
import {
  asId,
  type ActionId,
  type AdministrationId,
  type RelationId,
  type TenantId,
} from '@koppel/domain/kernel';
import type { Action, Actions } from '@koppel/domain/relations';
import { column, jsonColumn, momentColumn } from '../array-parameter.js';
import type { Tx } from '../database.js';
import { executeInPortions } from '../prepared.js';
import { actions } from '../schema/index.js';
import { isAnyOf, portionsOf, uuidArray } from './arrays.js';

const rowsPerStatement = 200;

/** History over Postgres. */
export class DrizzleActions implements Actions {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async addMany(added: readonly Action[]): Promise<void> {
    await executeInPortions(
      this.tx,
      portionsOf(added, rowsPerStatement),
      (portion) => sql`
        insert into actions (id, tenant_id, kind, actor_id, actor_name, at, relation_ids, administration_id, before, after,
          batch_id, undo_of, undone_by, is_undoable)
        select r.id, ${this.tenantId}::uuid, r.kind, r.actor_id, r.actor_name, r.at, r.relation_ids::uuid[],
          r.administration_id, r.before::jsonb, r.after::jsonb, r.batch_id, r.undo_of, r.undone_by, r.is_undoable
        from ${rowsOf(portion)}`,
    );
  }

  async findById(id: ActionId): Promise<Action | undefined> {
    const [row] = await this.tx.select().from(actions).where(isOnRelation(id));
    return row && toAction(row);
  }

  async findByIdForUpdate(id: ActionId): Promise<Action | undefined> {
    const [row] = await this.tx.select().from(actions).where(isOnRelation(id)).for('update');
    return row && toAction(row);
  }

  async findLater(
    than: Parameters<Actions['findLater']>[0],
    relationIds: readonly RelationId[],
    limit: number,
  ): Promise<Action[]> {
    if (relationIds.length === 0) return [];
    const rows = await this.tx
      .select()
      .from(actions)
      .where(
        and(
          eq(actions.tenantId, this.tenantId),
          isNull(actions.facts),
          than.id === undefined
            ? sql`${actions.at} > ${than.at.toISOString()}::timestamptz`
            : sql`(${actions.at}, ${actions.id}) > (${than.at.toISOString()}::timestamptz, ${than.id}::uuid)`,
          sql`${actions.relationIds} && ${uuidArray(relationIds)}`,
        ),
      )
      .orderBy(asc(actions.at), asc(actions.id))
      .limit(limit);
    return rows.map(toAction);
  }

  async findThoseOfBatches(ids: readonly ActionId[]): Promise<ActionId[]> {
    if (ids.length === 0) return [];
    const rows = await this.tx
      .select({ id: actions.id })
      .from(actions)
      .where(and(eq(actions.tenantId, this.tenantId), isAnyOf(actions.id, ids), isNotNull(actions.batchId)));
    return rows.map(({ id }) => asId<ActionId>(id));
  }

  async savePictures(changed: readonly Action[]): Promise<void> {
    for (const { id, before, after, isUndoable } of changed)
      await this.tx
        .update(actions)
        .set({ before, after, isUndoable, erasedAt: sql`now()`, salt: null })
        .where(eq(actions.id, id));
  }

  async markUndone(id: ActionId, by: ActionId): Promise<void> {
    await this.tx.update(actions).set({ undoneBy: by }).where(eq(actions.id, id));
  }
}

/** Other acts stand in the same table, with facts. */
const isOnRelation = (id: ActionId) => and(eq(actions.id, id), isNull(actions.facts));

function rowsOf(rows: readonly Action[]): SQL {
  return sql`unnest(${column(rows, ({ id }) => id)}::uuid[], ${column(rows, ({ kind }) => kind)}::text[],
    ${column(rows, ({ actorId }) => actorId)}::text[], ${column(rows, ({ actorName }) => actorName)}::text[],
    ${momentColumn(rows, ({ at }) => at)}::timestamptz[], ${column(rows, (one) => `{${one.relationIds.join(',')}}`)}::text[],
    ${column(rows, (one) => one.administrationId)}::uuid[], ${jsonColumn(rows, ({ before }) => before)}::text[],
    ${jsonColumn(rows, ({ after }) => after)}::text[], ${column(rows, ({ batchId }) => batchId)}::uuid[],
    ${column(rows, ({ undoOf }) => undoOf)}::uuid[], ${column(rows, ({ undoneBy }) => undoneBy)}::uuid[],
    ${column(rows, ({ isUndoable }) => isUndoable)}::boolean[])
    as r(id, kind, actor_id, actor_name, at, relation_ids, administration_id, before, after, batch_id, undo_of, undone_by,
      is_undoable)`;
}

/** The domain's action of a row. */
export function toAction({
  tenantId: _tenantId,
  facts: _facts,
  erasedAt: _erasedAt,
  isSealed: _isSealed,
  salt: _salt,
  ...row
}: typeof actions.$inferSelect): Action {
  return {
    ...row,
    id: asId<ActionId>(row.id),
    kind: row.kind as Action['kind'], // our own rows, here and below
    relationIds: row.relationIds.map((id) => asId<RelationId>(id)),
    administrationId: row.administrationId === null ? null : asId<AdministrationId>(row.administrationId),
    before: row.before as Action['before'],
    after: row.after as Action['after'],
    undoOf: row.undoOf === null ? null : asId<ActionId>(row.undoOf),
    undoneBy: row.undoneBy === null ? null : asId<ActionId>(row.undoneBy),
  };
}
