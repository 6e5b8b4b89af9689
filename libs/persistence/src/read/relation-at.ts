import type { RelationId, TenantId } from '@koppel/domain/kernel';
import {
  isExactly,
  pictureAt,
  sharedFieldNames,
  type RelationPicture,
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

/** Acts after the moment are looked through for the first that kept a picture: nearly always one of the first few. */
const actsPerRead = 20;
const readsMax = 500;

/** A relation's values at a moment; undefined when there is no such relation. */
export async function readRelationAt(
  tx: Tx,
  { tenantId, id, moment }: { readonly tenantId: TenantId; readonly id: RelationId; readonly moment: Date },
): Promise<RelationAt | undefined> {
  const [relation] = await new DrizzleRelations(tx, tenantId).findMany([id]);
  if (!relation) return undefined;
  const nothing: RelationAt = { values: null, changedSince: [] };
  if (relation.createdAt > moment) return nothing;
  const picture = await findPicture(new DrizzleActions(tx, tenantId), id, moment);
  if (picture === null) return nothing;
  const values = picture?.values ?? relation.values;
  const changedSince = sharedFieldNames.filter((field) => !isExactly(values[field], relation.values[field]));
  return { values, changedSince };
}

async function findPicture(
  actions: DrizzleActions,
  id: RelationId,
  moment: Date,
): Promise<RelationPicture | null | undefined> {
  let after: Parameters<DrizzleActions['findLater']>[0] = { at: moment };
  for (let read = 0; read < readsMax; read += 1) {
    const later = await actions.findLater(after, [id], actsPerRead);
    const picture = pictureAt(later, id);
    const last = later.at(-1);
    if (picture !== undefined || !last || later.length < actsPerRead) return picture;
    after = { at: last.at, id: last.id };
  }
  throw new Error(`relation ${id} has more than ${readsMax * actsPerRead} acts without a picture`);
}
