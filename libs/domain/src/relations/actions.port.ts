import type { ActionId, RelationId } from '../kernel/index.js';
import type { Action } from './action.js';

/** The history of all acts on relations. */
export interface Actions {
  addMany(actions: readonly Action[]): Promise<void>;
  findById(id: ActionId): Promise<Action | undefined>;
  findByIdForUpdate(id: ActionId): Promise<Action | undefined>;
  /** Acts after the given one, or after a moment, on any of the relations, oldest first, at most `limit`. */
  findLater(
    than: Pick<Action, 'at'> & Partial<Pick<Action, 'id'>>,
    relationIds: readonly RelationId[],
    limit: number,
  ): Promise<Action[]>;
  /** Those of the given acts that a batch did: nobody looked at each of them. */
  findThoseOfBatches(ids: readonly ActionId[]): Promise<ActionId[]>;
  /** Replaces what stood before and after in acts that are there, and whether they can be undone. */
  savePictures(actions: readonly Action[]): Promise<void>;
  markUndone(id: ActionId, by: ActionId): Promise<void>;
}

export interface ActionsTx {
  readonly actions: Actions;
}
