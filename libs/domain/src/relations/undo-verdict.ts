import { err, ok, type Result } from '../kernel/index.js';
import { emptyPicture } from './action.js';
import { findSurvivor } from './open-relation.js';
import { takePicture } from './picture.js';
import { restoreProposals } from './restore-proposals.js';
import {
  laterFirst,
  structural,
  type UndoActionError,
  type UndoDesk,
  type Undone,
  type UndoTx,
} from './undo-desk.js';
import { undoRecord } from './undo-record.js';
import { takeBack } from './verdicts.js';

/** Opens the question again; the newest word on the pairs is what had been said before, or "not sure". */
export async function undoVerdict(tx: UndoTx, desk: UndoDesk): Promise<Result<Undone, UndoActionError>> {
  const { before, after } = desk.action;
  const ids = [...new Set(before.proposals.flatMap(({ relationA, relationB }) => [relationA, relationB]))];
  const survivors = new Set<string>();
  for (const id of ids) survivors.add((await findSurvivor(tx, id))?.id ?? id);
  if (survivors.size < ids.length) {
    const inTheWay = laterFirst(structural(desk.later));
    return err(inTheWay ?? { kind: 'not-undoable', reason: 'changed-since' });
  }
  const taken = {
    before: before.verdicts,
    after: after.verdicts,
    questionKinds: await answeredKinds(tx, desk),
  };
  await takeBack(tx, taken, { ...desk, actionId: desk.undoId });
  const restored = await restoreProposals(tx, desk);
  const pictures = {
    before: { ...emptyPicture, verdicts: after.verdicts, proposals: after.proposals },
    after: { ...takePicture({ relations: [], proposals: restored }), verdicts: before.verdicts },
  };
  await tx.actions.addMany([undoRecord(desk, pictures)]);
  return ok({ actionId: desk.undoId, kept: [] });
}

/** The kinds of the questions that the act answered; null where one of them is not known. */
async function answeredKinds(tx: UndoTx, { action }: UndoDesk): Promise<string[] | null> {
  const answered = await tx.proposals.findManyForUpdate(action.before.proposals.map(({ id }) => id));
  const kinds = answered.map(({ questionKind }) => questionKind).filter((kind) => kind !== null);
  return kinds.length > 0 && kinds.length === action.before.proposals.length ? [...new Set(kinds)] : null;
}
