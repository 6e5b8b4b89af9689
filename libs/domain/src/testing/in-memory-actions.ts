import type { ActionId, RelationId } from '../kernel/index.js';
import type { Action, Actions } from '../relations/index.js';

/** History in memory, for specs. */
export class InMemoryActions implements Actions {
  private readonly rows = new Map<ActionId, Action>();

  all(): Action[] {
    return [...this.rows.values()].sort(byTime);
  }

  async addMany(actions: readonly Action[]): Promise<void> {
    for (const action of actions) this.rows.set(action.id, action);
  }

  async findById(id: ActionId): Promise<Action | undefined> {
    return this.rows.get(id);
  }

  async findByIdForUpdate(id: ActionId): Promise<Action | undefined> {
    return this.rows.get(id);
  }

  async findLater(
    than: Parameters<Actions['findLater']>[0],
    relationIds: readonly RelationId[],
    limit: number,
  ): Promise<Action[]> {
    return this.all()
      .filter((action) => isLater(action, than) && action.relationIds.some((id) => relationIds.includes(id)))
      .slice(0, limit);
  }

  async findThoseOfBatches(ids: readonly ActionId[]): Promise<ActionId[]> {
    return ids.filter((id) => (this.rows.get(id)?.batchId ?? null) !== null);
  }

  async savePictures(actions: readonly Action[]): Promise<void> {
    for (const { id, before, after, isUndoable } of actions) {
      const known = this.rows.get(id);
      if (known) this.rows.set(id, { ...known, before, after, isUndoable });
    }
  }

  async markUndone(id: ActionId, by: ActionId): Promise<void> {
    const action = this.rows.get(id);
    if (action) this.rows.set(id, { ...action, undoneBy: by });
  }
}

function isLater(action: Action, { at, id }: Parameters<Actions['findLater']>[0]): boolean {
  if (action.at.getTime() !== at.getTime()) return action.at > at;
  return id !== undefined && action.id > id;
}

function byTime(one: Action, other: Action): number {
  if (one.at.getTime() !== other.at.getTime()) return one.at.getTime() - other.at.getTime();
  if (one.id === other.id) return 0;
  return one.id < other.id ? -1 : 1;
}
