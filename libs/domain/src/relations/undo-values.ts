import { err, ok, type Result } from '../kernel/index.js';
import { changedFields } from './action.js';
import { changeValues } from './change-values.js';
import { openRelation } from './open-relation.js';
import { isExactly } from './same-value.js';
import {
  laterFirst,
  structural,
  touching,
  type UndoActionError,
  type UndoDesk,
  type Undone,
  type UndoTx,
} from './undo-desk.js';

/** Gives the fields that an act changed their earlier values and origins, as long as they still stand as the act left them. */
export async function undoValues(tx: UndoTx, desk: UndoDesk): Promise<Result<Undone, UndoActionError>> {
  const [before] = desk.action.before.relations;
  const [after] = desk.action.after.relations;
  const open = before && (await openRelation(tx, before.id));
  if (!before || !after || !open) return err({ kind: 'not-undoable', reason: 'changed-since' });
  const fields = changedFields(desk.action).get(before.id) ?? [];
  const isMovedOn =
    open.relation.id !== before.id ||
    fields.some(
      (field) =>
        !isExactly(open.relation.values[field], after.values[field]) ||
        open.relation.leading[field]?.source !== after.leading[field]?.source,
    );
  if (isMovedOn) {
    const inTheWay = laterFirst([...structural(desk.later), ...touching(desk.later, fields)].sort(byTime));
    return err(inTheWay ?? { kind: 'not-undoable', reason: 'changed-since' });
  }
  const { actor, now, newId } = desk;
  const changed = await changeValues(tx, open, {
    fields: new Map(
      fields.map((field) => [field, { value: before.values[field], leading: before.leading[field] }]),
    ),
    facts: { kind: 'undo', actor, now, newId, undoOf: desk.action.id, actionId: desk.undoId },
  });
  return changed
    ? ok({ actionId: desk.undoId, kept: [] })
    : err({ kind: 'not-undoable', reason: 'changed-since' });
}

function byTime(one: { at: Date; id: string }, other: { at: Date; id: string }): number {
  return one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1);
}
