import { err, ok, type Result, type SourceRelationId } from '../kernel/index.js';
import { dutchDay } from './activity.js';
import { carryOutSplit } from './carry-out-split.js';
import { openRelation, type OpenRelation } from './open-relation.js';
import {
  laterFirst,
  structural,
  type UndoActionError,
  type UndoDesk,
  type Undone,
  type UndoTx,
} from './undo-desk.js';

/**
 * Takes an automatic merge back: each account that it joined becomes a relation of its own, except the one in the first
 * administration when nobody else would be left. The person has said that they are not the same.
 */
export async function undoJoining(tx: UndoTx, desk: UndoDesk): Promise<Result<Undone, UndoActionError>> {
  const [relationId] = desk.action.relationIds;
  const open = relationId && (await openRelation(tx, relationId));
  const leaving = open && accountsToLeave(open, desk);
  if (!open || !leaving || open.relation.id !== relationId || leaving.size === 0) {
    const inTheWay = laterFirst(structural(desk.later));
    return err(inTheWay ?? { kind: 'not-undoable', reason: 'changed-since' });
  }
  await carryOutSplit(tx, open, {
    ids: leaving,
    actor: desk.actor,
    kind: 'undo',
    actionId: desk.undoId,
    undoOf: desk.action.id,
    facts: { newId: desk.newId, now: desk.now, today: dutchDay(desk.now) },
  });
  return ok({ actionId: desk.undoId, kept: [] });
}

/** Undefined when an account has left the relation already. */
function accountsToLeave({ members }: OpenRelation, { action }: UndoDesk): Set<SourceRelationId> | undefined {
  const joined = new Set(action.after.sources.map(({ id }) => id));
  const here = members.filter(({ source }) => joined.has(source.id));
  if (here.length < joined.size) return undefined;
  if (here.length < members.length) return joined;
  const [first] = [...here].sort(
    (one, other) => one.position - other.position || (one.source.id < other.source.id ? -1 : 1),
  );
  if (first) joined.delete(first.source.id);
  return joined;
}
