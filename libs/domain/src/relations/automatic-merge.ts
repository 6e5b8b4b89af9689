import { asId, systemActor, type ActionId, type RelationId } from '../kernel/index.js';
import { emptyPicture, type Action } from './action.js';
import type { Member } from './leading-values.js';
import { markOf } from './picture.js';

/** The act of joining accounts into one relation without a person. Undoing it gives each account a relation of its own. */
export function automaticMerge(
  id: string,
  relationId: RelationId,
  made: { readonly members: readonly Member[]; readonly now: Date },
): Action {
  return {
    id: asId<ActionId>(id),
    kind: 'merge-automatic',
    actorId: systemActor.id,
    actorName: systemActor.name,
    at: made.now,
    relationIds: [relationId],
    administrationId: null,
    before: emptyPicture,
    after: { ...emptyPicture, sources: made.members.map(({ source }) => markOf(source)) },
    batchId: null,
    undoOf: null,
    undoneBy: null,
    isUndoable: true,
  };
}
