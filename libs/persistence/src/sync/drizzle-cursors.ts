import { and, asc, eq } from 'drizzle-orm';
import { asId, type AdministrationId, type TenantId } from '@koppel/domain/kernel';
import type { Cursor, Cursors, DataKind } from '@koppel/domain/sync';
import type { Tx } from '../database.js';
import { cursors } from '../schema/index.js';

/** Cursors over Postgres. */
export class DrizzleCursors implements Cursors {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async findMany(administrationId: AdministrationId): Promise<Cursor[]> {
    const rows = await this.tx
      .select()
      .from(cursors)
      .where(eq(cursors.administrationId, administrationId))
      .orderBy(asc(cursors.kind));
    return rows.map(({ tenantId: _, ...row }) => ({
      ...row,
      administrationId: asId<AdministrationId>(row.administrationId),
      kind: row.kind as DataKind, // our own rows
    }));
  }

  async put(cursor: Cursor): Promise<void> {
    const { timestamp, overlapFrom, movedAt, updatedAt } = cursor;
    await this.tx
      .insert(cursors)
      .values({ ...cursor, tenantId: this.tenantId })
      .onConflictDoUpdate({
        target: [cursors.tenantId, cursors.administrationId, cursors.kind],
        set: { timestamp, overlapFrom, movedAt, updatedAt },
      });
  }

  async remove(administrationId: AdministrationId, kind: DataKind): Promise<void> {
    await this.tx
      .delete(cursors)
      .where(and(eq(cursors.administrationId, administrationId), eq(cursors.kind, kind)));
  }
}
