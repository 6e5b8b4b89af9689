import type { Action, Picture } from './action.js';
import type { UndoDesk } from './undo-desk.js';

/** The act of undoing, as history keeps it. It is not undone itself: the act can be done again. */
export function undoRecord(
  desk: UndoDesk,
  pictures: { readonly before: Picture; readonly after: Picture },
): Action {
  return {
    ...pictures,
    id: desk.undoId,
    kind: 'undo',
    actorId: desk.actor.id,
    actorName: desk.actor.name,
    at: desk.now,
    relationIds: desk.action.relationIds,
    administrationId: desk.action.administrationId,
    batchId: desk.batchId,
    undoOf: desk.action.id,
    undoneBy: null,
    isUndoable: false,
  };
}
