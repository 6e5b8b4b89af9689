import type { RelationId, TenantId } from '@koppel/domain/kernel';
import type { Conflict, Link, Relation } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { DrizzleConflicts } from '../relations/drizzle-conflicts.js';
import { DrizzleFreeze } from '../relations/drizzle-freeze.js';
import { DrizzleLinks } from '../relations/drizzle-links.js';
import { DrizzleRelations } from '../relations/drizzle-relations.js';
import { readActionBatches, type ActionBatches } from './action-batches.js';
import { isAct, listActions, type HistoryItem } from './actions.js';
import { readActContext, type ActContext } from './act-context.js';
import { readAdministrationsWithout, type AdministrationWithout } from './administrations-without.js';
import { readRelationNames, type RelationNames } from './relation-names.js';
import { readSources, type SourceRow } from './sources.js';

export interface RelationDetail {
  /** The relation that was asked for, or the one that a merged id leads to. */
  readonly relation: Relation;
  /** The survivor's id when another one was asked for. */
  readonly survivorId: RelationId | null;
  readonly links: readonly Link[];
  readonly sources: readonly SourceRow[];
  readonly notIn: readonly AdministrationWithout[];
  readonly conflicts: readonly Conflict[];
  /** The newest acts. */
  readonly history: readonly HistoryItem[];
  /** Of the relations in the history. */
  readonly names: RelationNames;
  readonly batches: ActionBatches;
  readonly acts: ActContext;
  readonly isFrozen: boolean;
}

const redirectsMax = 50;
const historyMax = 100;

/** One relation with everything that its page shows; undefined when there is none. */
export async function readRelation(
  tx: Tx,
  { tenantId, id }: { readonly tenantId: TenantId; readonly id: RelationId },
): Promise<RelationDetail | undefined> {
  const adapter = new DrizzleRelations(tx, tenantId);
  let [relation] = await adapter.findMany([id]);
  for (let step = 0; step < redirectsMax && relation?.state === 'merged' && relation.survivorId; step += 1)
    [relation] = await adapter.findMany([relation.survivorId]);
  if (!relation) return undefined;
  const { items: history } = await listActions(tx, { relationId: relation.id, limit: historyMax });
  const links = await new DrizzleLinks(tx, tenantId).findOfRelations([relation.id]);
  return {
    relation,
    survivorId: relation.id === id ? null : relation.id,
    links,
    sources: await readSources(tx, [...new Set(links.map((link) => link.sourceRelationId))]),
    notIn: await readAdministrationsWithout(tx, relation.id),
    conflicts: await new DrizzleConflicts(tx, tenantId).findOpenOfRelations([relation.id]),
    history,
    names: await readRelationNames(tx, history),
    batches: await readActionBatches(tx, history),
    acts: await readActContext(tx, history.filter(isAct)),
    isFrozen: await new DrizzleFreeze(tx).isFrozen(),
  };
}
