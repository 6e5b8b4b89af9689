import { and, eq, type SQL } from 'drizzle-orm';
import { asId, type AdministrationId, type SourceRelationId } from '@koppel/domain/kernel';
import type { SharedValues, SourceFields, SourceRelation } from '@koppel/domain/relations';
import type { AccountAt } from '@koppel/domain/sync';
import { sourceRelations } from '../schema/index.js';

/** The account that a row holds. */
export function toSourceRelation(row: typeof sourceRelations.$inferSelect): SourceRelation {
  const { id, exactId, rowVersion, isCustomer, isSupplier, isOwnCompany, isBlocked } = row;
  const { contentHash, modifiedAt, changedAt } = row;
  return {
    ...{
      exactId,
      rowVersion,
      isCustomer,
      isSupplier,
      isOwnCompany,
      isBlocked,
      contentHash,
      modifiedAt,
      changedAt,
    },
    id: asId<SourceRelationId>(id),
    administrationId: asId<AdministrationId>(row.administrationId),
    fields: row.fields as SourceFields, // our own rows
    base: row.base as SharedValues | null,
    state: row.state as SourceRelation['state'],
  };
}

export function rowOfAccount({ administrationId, exactId }: AccountAt): SQL | undefined {
  return and(eq(sourceRelations.administrationId, administrationId), eq(sourceRelations.exactId, exactId));
}
