import type { RelationId, TenantId } from '@koppel/domain/kernel';
import {
  isExactly,
  pictureAt,
  sharedFieldNames,
  type SharedField,
  type SharedValues,
} from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { DrizzleActions } from '../relations/drizzle-actions.js';
import { DrizzleRelations } from '../relations/drizzle-relations.js';

export interface RelationAt {
  /** Null before the relation was made. */
  readonly values: SharedValues | null;
  readonly changedSince: readonly SharedField[];
}

/** Acts after the moment that are looked through for the first that kept a picture. */
const actsMax = 1_000;

/** A relation's values at a moment; undefined when there is no such relation. */
export async function readRelationAt(
  tx: Tx,
  { tenantId, id, moment }: { readonly tenantId: TenantId; readonly id: RelationId; readonly moment: Date },
): Promise<RelationAt | undefined> {
  const [relation] = await new DrizzleRelations(tx, tenantId).findMany([id]);
  if (!relation) return undefined;
  const nothing: RelationAt = { values: null, changedSince: [] };
  if (relation.createdAt > moment) return nothing;
  const later = await new DrizzleActions(tx, tenantId).findLater({ at: moment }, [id], actsMax);
  const picture = pictureAt(later, id);
  if (picture === null) return nothing;
  const values = picture?.values ?? relation.values;
  const changedSince = sharedFieldNames.filter((field) => !isExactly(values[field], relation.values[field]));
  return { values, changedSince };
}
