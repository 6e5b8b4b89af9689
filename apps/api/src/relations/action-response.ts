import type { Action as ActionResponse } from '@koppel/contracts';
import type { Act } from '@koppel/domain/history';
import { changedFields, textOfValue, type Action } from '@koppel/domain/relations';
import {
  isAct,
  type ActContext,
  type ActionBatches,
  type HistoryItem,
  type RelationNames,
} from '@koppel/persistence/read';
import { actSummary } from './act-texts.js';
import { summaryOf } from './action-texts.js';

/** What acts say besides themselves. */
export interface ActionContext {
  readonly names: RelationNames;
  readonly batches: ActionBatches;
  readonly acts: ActContext;
}

/** An act with its text, which names the relations it is about, and what it changed. */
export function toActionResponse(item: HistoryItem, context: ActionContext): ActionResponse {
  return isAct(item) ? toActResponse(item, context) : onRelations(item, context);
}

function onRelations(action: Action, { names, batches }: ActionContext): ActionResponse {
  return {
    id: action.id,
    kind: action.kind,
    actorName: action.actorName,
    at: action.at.toISOString(),
    relationIds: [...action.relationIds],
    summary: summaryOf(action, names),
    note: null,
    changes: changesOf(action),
    isUndoable: action.isUndoable && action.undoneBy === null,
    isUndone: action.undoneBy !== null,
    undoOf: action.undoOf,
    batch: batchOf(action, batches),
  };
}

function toActResponse(act: Act, { acts, batches }: ActionContext): ActionResponse {
  return {
    id: act.id,
    kind: act.kind,
    actorName: act.actorName,
    at: act.at.toISOString(),
    relationIds: [...act.relationIds],
    summary: actSummary(act, acts),
    note: act.facts.reason ?? null,
    changes: (act.facts.changes ?? []).map(({ key, before, after }) => ({ field: key, before, after })),
    isUndoable: act.kind === 'ignore-issue' && act.undoneBy === null,
    isUndone: act.undoneBy !== null,
    undoOf: null,
    batch: batchOf(act, batches),
  };
}

function batchOf({ batchId }: HistoryItem, batches: ActionBatches): ActionResponse['batch'] {
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
