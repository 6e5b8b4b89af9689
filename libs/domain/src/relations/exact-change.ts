import { asId, systemActor, type ActionId } from '../kernel/index.js';
import type { Action } from './action.js';
import { sharedFieldNames } from './fields.js';
import type { Positions } from './members.js';
import { takePicture } from './picture.js';
import type { Relation } from './relation.js';
import { isExactly } from './same-value.js';
import type { SourceRelation } from './source-relation.js';

export interface ExactChange {
  readonly before: Relation;
  readonly after: Relation;
  /** The relation's accounts. */
  readonly sources: readonly SourceRelation[];
  readonly administrations: Positions;
  readonly now: Date;
}

/**
 * The record of values that came from Exact: it makes history complete, and is no act that one could undo. Undefined when no
 * value changed. Who did it is the administration that the values come from, Koppel when there are several.
 */
export function exactChange(id: string, change: ExactChange): Action | undefined {
  const { before, after, sources, administrations, now } = change;
  const fields = sharedFieldNames.filter((field) => !isExactly(before.values[field], after.values[field]));
  if (fields.length === 0) return undefined;
  const origins = new Set(fields.map((field) => after.leading[field]?.source));
  const origin = origins.size === 1 ? sources.find((source) => origins.has(source.id)) : undefined;
  const administration = origin && administrations.get(origin.administrationId);
  return {
    id: asId<ActionId>(id),
    kind: 'exact-change',
    actorId: systemActor.id,
    actorName: administration ? `Exact Online, ${administration.name}` : systemActor.name,
    at: now,
    relationIds: [after.id],
    administrationId: administration?.id ?? null,
    before: takePicture({ relations: [before] }),
    after: takePicture({ relations: [after] }),
    batchId: null,
    undoOf: null,
    undoneBy: null,
    isUndoable: false,
  };
}
