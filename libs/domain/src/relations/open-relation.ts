import type { AdministrationsTx } from '../administrations/index.js';
import type { OutboxTx, RelationId } from '../kernel/index.js';
import type { WriteIntentsTx } from '../sync/index.js';
import type { ActionsTx } from './actions.port.js';
import type { ConflictsTx } from './conflicts.port.js';
import type { LinksTx } from './links.port.js';
import { loadAdministrations, loadMembers, type LinkedMember, type Positions } from './members.js';
import type { Relation } from './relation.js';
import type { RelationsTx } from './relations.port.js';
import type { SourceRelationsTx } from './source-relations.port.js';

/** What an act on one relation reaches. */
export type RelationDeskTx = RelationsTx &
  LinksTx &
  SourceRelationsTx &
  ConflictsTx &
  ActionsTx &
  AdministrationsTx &
  WriteIntentsTx &
  OutboxTx;

/** A relation under lock, with all its accounts. */
export interface OpenRelation {
  readonly relation: Relation;
  readonly members: readonly LinkedMember[];
  readonly administrations: Positions;
}

/** Merges of merges; a longer chain than this does not come about by hand. */
const redirectsMax = 50;

/** The relation that an id leads to, through all merges; undefined when there is none. */
export async function findSurvivor(tx: RelationsTx, id: RelationId): Promise<Relation | undefined> {
  let wanted: RelationId = id;
  for (let step = 0; step < redirectsMax; step += 1) {
    const [relation] = await tx.relations.findMany([wanted]);
    if (relation?.state !== 'merged' || relation.survivorId === null) return relation;
    wanted = relation.survivorId;
  }
  return undefined;
}

/**
 * Locks the relation that the id leads to, and its accounts, so that no write under way settles unseen; undefined when there is none.
 */
export async function openRelation(tx: RelationDeskTx, id: RelationId): Promise<OpenRelation | undefined> {
  const survivor = await findSurvivor(tx, id);
  if (!survivor) return undefined;
  const [relation] = await tx.relations.findManyForUpdate([survivor.id]);
  if (!relation) return undefined;
  const administrations = await loadAdministrations(tx);
  const members = await loadMembers(tx, [relation.id], {
    positions: administrations,
    forUpdate: true,
  });
  return { relation, members: members.get(relation.id) ?? [], administrations };
}
