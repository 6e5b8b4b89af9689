import { and, eq, type SQL } from 'drizzle-orm';
import { asId, type AdministrationId, type SourceRelationId } from '@koppel/domain/kernel';
import type { SharedValues, SourceFields, SourceRelation } from '@koppel/domain/relations';
import type { AccountAt } from '@koppel/domain/sync';
import { sourceRelations as table } from './schema/index.js';

/** What an account is made of: the other columns serve fetching and lists, and are half of the work of reading many. */
export const accountColumns = {
  id: table.id,
  administrationId: table.administrationId,
  exactId: table.exactId,
  rowVersion: table.rowVersion,
  fields: table.fields,
  base: table.base,
  isCustomer: table.isCustomer,
  isSupplier: table.isSupplier,
  isOwnCompany: table.isOwnCompany,
  isBlocked: table.isBlocked,
  state: table.state,
  contentHash: table.contentHash,
  modifiedAt: table.modifiedAt,
  changedAt: table.changedAt,
};

type AccountRow = Pick<typeof table.$inferSelect, keyof typeof accountColumns>;

/** The domain's account of a row. */
export function toSourceRelation(row: AccountRow): SourceRelation {
  return {
    id: asId<SourceRelationId>(row.id),
    administrationId: asId<AdministrationId>(row.administrationId),
    exactId: row.exactId,
    rowVersion: row.rowVersion,
    fields: row.fields as SourceFields, // our own rows, here and below
    base: row.base as SharedValues | null,
    isCustomer: row.isCustomer,
    isSupplier: row.isSupplier,
    isOwnCompany: row.isOwnCompany,
    isBlocked: row.isBlocked,
    state: row.state as SourceRelation['state'],
    contentHash: row.contentHash,
    modifiedAt: row.modifiedAt,
    changedAt: row.changedAt,
  };
}

/** The row of an account at the source. */
export function rowOfAccount({ administrationId, exactId }: AccountAt): SQL | undefined {
  return and(eq(table.administrationId, administrationId), eq(table.exactId, exactId));
}
