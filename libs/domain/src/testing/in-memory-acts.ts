import type { Act, Acts } from '../history/index.js';
import type { ActionId } from '../kernel/index.js';

/** Acts in memory, for specs. */
export class InMemoryActs implements Acts {
  private readonly rows = new Map<ActionId, Act>();

  /** In the order in which they were done. */
  all(): Act[] {
    return [...this.rows.values()];
  }

  async add(act: Act): Promise<void> {
    this.rows.set(act.id, act);
  }

  async findById(id: ActionId): Promise<Act | undefined> {
    return this.rows.get(id);
  }

  async findByIdForUpdate(id: ActionId): Promise<Act | undefined> {
    return this.rows.get(id);
  }

  async markUndone({ kind, issueId }: Parameters<Acts['markUndone']>[0], by: ActionId): Promise<void> {
    for (const act of this.rows.values())
      if (act.kind === kind && act.facts.issueId === issueId && act.undoneBy === null)
        this.rows.set(act.id, { ...act, undoneBy: by });
  }
}
