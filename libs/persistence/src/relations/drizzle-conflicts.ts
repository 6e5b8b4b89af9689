import { and, asc, eq } from 'drizzle-orm';
import { eventsOfConflicts } from '@koppel/domain/outgoing-events';
import { asId, type ConflictId, type RelationId, type TenantId } from '@koppel/domain/kernel';
import type { Conflict, Conflicts } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { silentEvents, type Events } from '../events/drizzle-events.js';
import { conflicts } from '../schema/index.js';
import { isAnyOf } from './arrays.js';

/** Conflicts over Postgres. */
export class DrizzleConflicts implements Conflicts {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
    private readonly events: Events = silentEvents,
  ) {}

  async findById(id: ConflictId): Promise<Conflict | undefined> {
    const [row] = await this.tx.select().from(conflicts).where(eq(conflicts.id, id));
    return row && toConflict(row);
  }

  async findByIdForUpdate(id: ConflictId): Promise<Conflict | undefined> {
    const [row] = await this.tx.select().from(conflicts).where(eq(conflicts.id, id)).for('update');
    return row && toConflict(row);
  }

  async findOpenOfRelations(ids: readonly RelationId[]): Promise<Conflict[]> {
    if (ids.length === 0) return [];
    const rows = await this.tx
      .select()
      .from(conflicts)
      .where(
        and(
          eq(conflicts.tenantId, this.tenantId),
          eq(conflicts.state, 'open'),
          isAnyOf(conflicts.relationId, ids),
        ),
      )
      .orderBy(asc(conflicts.relationId), asc(conflicts.field));
    return rows.map(toConflict);
  }

  async addMany(added: readonly Conflict[]): Promise<void> {
    if (added.length === 0) return;
    await this.tx
      .insert(conflicts)
      .values(added.map((conflict) => ({ ...conflict, tenantId: this.tenantId })));
    await this.events.add(eventsOfConflicts(added));
  }

  async saveMany(saved: readonly Conflict[]): Promise<void> {
    for (const { id, ...columns } of saved)
      await this.tx.update(conflicts).set(columns).where(eq(conflicts.id, id));
    await this.events.add(eventsOfConflicts(saved.filter(({ state }) => state === 'resolved')));
  }
}

/** The domain's conflict of a row. */
export function toConflict({ tenantId: _tenantId, ...row }: typeof conflicts.$inferSelect): Conflict {
  return {
    ...row,
    id: asId<ConflictId>(row.id),
    relationId: asId<RelationId>(row.relationId),
    field: row.field as Conflict['field'], // our own rows, here and below
    base: row.base as Conflict['base'],
    candidates: row.candidates as Conflict['candidates'],
    state: row.state as Conflict['state'],
  };
}
