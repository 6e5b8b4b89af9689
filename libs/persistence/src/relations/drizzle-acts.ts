import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Act, Acts } from '@koppel/domain/history';
import {
  asId,
  type ActionId,
  type AdministrationId,
  type RelationId,
  type TenantId,
} from '@koppel/domain/kernel';
import { emptyPicture } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { actions } from '../schema/index.js';

/** Acts that are none on a relation, over Postgres: rows of the one history, known by their facts. */
export class DrizzleActs implements Acts {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async add({ kind, relationIds, ...act }: Act): Promise<void> {
    await this.tx.insert(actions).values({
      ...act,
      kind,
      relationIds: [...relationIds],
      tenantId: this.tenantId,
      before: emptyPicture,
      after: emptyPicture,
      isUndoable: kind === 'ignore-issue',
    });
  }

  async findById(id: ActionId): Promise<Act | undefined> {
    const [row] = await this.tx.select().from(actions).where(isAct(id));
    return row && toAct(row);
  }

  async findByIdForUpdate(id: ActionId): Promise<Act | undefined> {
    const [row] = await this.tx.select().from(actions).where(isAct(id)).for('update');
    return row && toAct(row);
  }

  async markUndone(of: Parameters<Acts['markUndone']>[0], by: ActionId): Promise<void> {
    await this.tx
      .update(actions)
      .set({ undoneBy: by })
      .where(
        and(
          eq(actions.tenantId, this.tenantId),
          isNotNull(actions.facts),
          sql`${actions.facts}->>'issueId' = ${of.issueId}`,
          eq(actions.kind, of.kind),
          isNull(actions.undoneBy),
        ),
      );
  }
}

const isAct = (id: ActionId) => and(eq(actions.id, id), isNotNull(actions.facts));

/** The domain's act of a row that has facts. */
export function toAct(row: typeof actions.$inferSelect): Act {
  return {
    id: asId<ActionId>(row.id),
    kind: row.kind as Act['kind'], // our own rows, here and below
    actorId: row.actorId,
    actorName: row.actorName,
    at: row.at,
    administrationId: row.administrationId === null ? null : asId<AdministrationId>(row.administrationId),
    relationIds: row.relationIds.map((id) => asId<RelationId>(id)),
    facts: row.facts as Act['facts'],
    undoneBy: row.undoneBy === null ? null : asId<ActionId>(row.undoneBy),
    batchId: row.batchId,
  };
}
