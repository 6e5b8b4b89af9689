import { invariant, type ActionId, type Actor, type Deps, type TenantId } from '../kernel/index.js';
import type { ActsTx } from '../history/index.js';
import { undoIgnoring, type IssuesTx } from '../issues/index.js';
import { undoAction } from './undo-action.js';
import type { UndoTx } from './undo-desk.js';

/** Acts that one call takes back; a larger batch is a row of calls. */
export const undoneMax = 50;

export interface UndoBatch {
  readonly tenantId: TenantId;
  readonly batchId: string;
  /** Acts of that batch, newest first: later ones build on earlier ones. At most `undoneMax`. */
  readonly actionIds: readonly ActionId[];
  readonly actor: Actor;
}

export interface UndoneBatch {
  readonly undone: number;
  /** Undone before, or somebody built further on them. */
  readonly skipped: number;
}

/** Takes each act of a batch back, on relations or on issues, in a transaction of its own. */
export async function undoBatch(
  deps: Deps<UndoTx & IssuesTx & ActsTx>,
  command: UndoBatch,
): Promise<UndoneBatch> {
  const { tenantId, batchId, actionIds, actor } = command;
  invariant(actionIds.length <= undoneMax, `a batch takes back at most ${undoneMax} at once`);
  let undone = 0;
  for (const actionId of actionIds) {
    const one = { tenantId, actionId, batchId, actor };
    const taken = await undoAction(deps, one);
    const isNoneOnRelations = !taken.ok && taken.error.kind === 'not-found';
    if (taken.ok || (isNoneOnRelations && (await undoIgnoring(deps, one)).ok)) undone += 1;
  }
  return { undone, skipped: actionIds.length - undone };
}
