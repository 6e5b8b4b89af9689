import type { Action as ActionResponse } from '@koppel/contracts';
import { changedFields, textOfValue, type Action } from '@koppel/domain/relations';
import type { ActionBatches, RelationNames } from '@koppel/persistence/read';
import { summaryOf } from './action-texts.js';

/** What acts say besides themselves. */
export interface ActionContext {
  readonly names: RelationNames;
  readonly batches: ActionBatches;
}

/** An act with its text, which names the relations it is about, and what it changed. */
export function toActionResponse(action: Action, { names, batches }: ActionContext): ActionResponse {
  return {
    id: action.id,
    kind: action.kind,
    actorName: action.actorName,
    at: action.at.toISOString(),
    relationIds: [...action.relationIds],
    summary: summaryOf(action, names),
    changes: changesOf(action),
    isUndoable: action.isUndoable && action.undoneBy === null,
    isUndone: action.undoneBy !== null,
    undoOf: action.undoOf,
    batch: batchOf(action, batches),
  };
}

function batchOf({ batchId }: Action, batches: ActionBatches): ActionResponse['batch'] {
  const counts = batchId === null ? undefined : batches.get(batchId);
  return batchId === null || counts === undefined ? null : { id: batchId, ...counts };
}

function changesOf(action: Action): ActionResponse['changes'] {
  return [...changedFields(action)].flatMap(([relationId, fields]) => {
    const before = action.before.relations.find(({ id }) => id === relationId);
    const after = action.after.relations.find(({ id }) => id === relationId);
    return fields.map((field) => ({
      field,
      before: textOfValue(before?.values[field]),
      after: textOfValue(after?.values[field]),
    }));
  });
}
