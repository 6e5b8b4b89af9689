import { asId, err, type ActionId, type Deps, type Result } from '../kernel/index.js';
import type { Action } from './action.js';
import type { UndoAction, UndoActionError, UndoDesk, Undone, UndoTx } from './undo-desk.js';
import { undoJoining } from './undo-joining.js';
import { undoMerge } from './undo-merge.js';
import { undoValues } from './undo-values.js';
import { undoVerdict } from './undo-verdict.js';

/** Acts on one relation since a merge that are looked at. */
const laterMax = 1_000;

/**
 * Takes an act back. A merge taken back gives both relations as they were, to the letter; what was edited since stays with
 * the survivor and is named (J07). An act on which a later one builds is refused, naming the later one.
 */
export function undoAction(
  deps: Deps<UndoTx>,
  command: UndoAction,
): Promise<Result<Undone, UndoActionError>> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Result<Undone, UndoActionError>> => {
    const seen = await tx.actions.findById(command.actionId);
    if (!seen) return err({ kind: 'not-found' });
    await tx.relations.findManyForUpdate(seen.relationIds);
    const action = await tx.actions.findByIdForUpdate(command.actionId);
    if (!action) return err({ kind: 'not-found' });
    if (action.undoneBy !== null) return err(await alreadyUndone(tx, action));
    if (!action.isUndoable) return err({ kind: 'not-undoable', reason: 'never' });
    const later = await tx.actions.findLater(action, action.relationIds, laterMax);
    const desk: UndoDesk = {
      action,
      actor: command.actor,
      now: deps.now(),
      newId: deps.newId,
      undoId: asId<ActionId>(deps.newId()),
      batchId: command.batchId ?? null,
      later: later.filter(
        ({ undoneBy, kind }) => undoneBy === null && kind !== 'undo' && kind !== 'exact-change',
      ),
    };
    const undone = await carryOut(tx, desk);
    if (undone.ok) await tx.actions.markUndone(action.id, desk.undoId);
    return undone;
  });
}

function carryOut(tx: UndoTx, desk: UndoDesk): Promise<Result<Undone, UndoActionError>> {
  switch (desk.action.kind) {
    case 'merge':
    case 'unlink':
      return undoMerge(tx, desk);
    case 'merge-automatic':
      return undoJoining(tx, desk);
    case 'keep-apart':
    case 'unsure':
      return undoVerdict(tx, desk);
    case 'edit':
    case 'choose-leading':
    case 'resolve-conflict':
      return undoValues(tx, desk);
    case 'exact-change':
    case 'undo':
      return Promise.resolve(err({ kind: 'not-undoable', reason: 'never' }));
  }
}

async function alreadyUndone(tx: UndoTx, action: Action): Promise<UndoActionError> {
  const undo = action.undoneBy === null ? undefined : await tx.actions.findById(action.undoneBy);
  return { kind: 'already-undone', byName: undo?.actorName ?? '', at: (undo?.at ?? action.at).toISOString() };
}
