import { invariant, type ConflictId, type RelationId } from '../kernel/index.js';
import type { Conflict, Conflicts } from '../relations/index.js';

/** Conflicts in memory, for specs. */
export class InMemoryConflicts implements Conflicts {
  private readonly rows = new Map<ConflictId, Conflict>();

  all(): Conflict[] {
    return [...this.rows.values()];
  }

  async findById(id: ConflictId): Promise<Conflict | undefined> {
    return this.rows.get(id);
  }

  async findByIdForUpdate(id: ConflictId): Promise<Conflict | undefined> {
    return this.rows.get(id);
  }

  async findOpenOfRelations(ids: readonly RelationId[]): Promise<Conflict[]> {
    return this.all()
      .filter(({ relationId, state }) => state === 'open' && ids.includes(relationId))
      .sort((one, other) => (one.relationId + one.field < other.relationId + other.field ? -1 : 1));
  }

  async addMany(conflicts: readonly Conflict[]): Promise<void> {
    for (const conflict of conflicts) {
      const open = await this.findOpenOfRelations([conflict.relationId]);
      invariant(
        !open.some(({ field }) => field === conflict.field),
        'one open conflict per relation and field',
      );
      this.rows.set(conflict.id, conflict);
    }
  }

  async saveMany(conflicts: readonly Conflict[]): Promise<void> {
    for (const conflict of conflicts) this.rows.set(conflict.id, conflict);
  }
}
