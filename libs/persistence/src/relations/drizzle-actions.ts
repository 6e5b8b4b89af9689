import { and, asc, eq, sql } from 'drizzle-orm';
import {
  asId,
  type ActionId,
  type AdministrationId,
  type RelationId,
  type TenantId,
} from '@koppel/domain/kernel';
import type { Action, Actions } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { actions } from '../schema/index.js';
import { portionsOf, rowsAsJson, uuidArray } from './arrays.js';

const rowsPerStatement = 200;

/** History over Postgres. */
export class DrizzleActions implements Actions {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async addMany(added: readonly Action[]): Promise<void> {
    for (const portion of portionsOf(added, rowsPerStatement))
      await this.tx.execute(sql`
        insert into actions (id, tenant_id, kind, actor_id, actor_name, at, relation_ids, administration_id, before, after,
          batch_id, undo_of, undone_by, is_undoable)
        select r.id, ${this.tenantId}::uuid, r.kind, r."actorId", r."actorName", r.at, r."relationIds",
          r."administrationId", r.before, r.after, r."batchId", r."undoOf", r."undoneBy", r."isUndoable"
        from jsonb_to_recordset(${rowsAsJson(portion)}) as r(id uuid, kind text, "actorId" text, "actorName" text,
          at timestamptz, "relationIds" uuid[], "administrationId" uuid, before jsonb, after jsonb, "batchId" uuid,
          "undoOf" uuid, "undoneBy" uuid, "isUndoable" boolean)`);
  }

  async findById(id: ActionId): Promise<Action | undefined> {
    const [row] = await this.tx.select().from(actions).where(eq(actions.id, id));
    return row && toAction(row);
  }

  async findByIdForUpdate(id: ActionId): Promise<Action | undefined> {
    const [row] = await this.tx.select().from(actions).where(eq(actions.id, id)).for('update');
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

  async markUndone(id: ActionId, by: ActionId): Promise<void> {
    await this.tx.update(actions).set({ undoneBy: by }).where(eq(actions.id, id));
  }
}

/** The domain's action of a row. */
export function toAction({ tenantId: _tenantId, ...row }: typeof actions.$inferSelect): Action {
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
