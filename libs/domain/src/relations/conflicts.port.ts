import type { ConflictId, RelationId } from '../kernel/index.js';
import type { Conflict } from './conflict.js';

/** Fields that wait for a person, one open conflict per relation and field. */
export interface Conflicts {
  findById(id: ConflictId): Promise<Conflict | undefined>;
  findByIdForUpdate(id: ConflictId): Promise<Conflict | undefined>;
  /** By relation, then field. */
  findOpenOfRelations(ids: readonly RelationId[]): Promise<Conflict[]>;
  addMany(conflicts: readonly Conflict[]): Promise<void>;
  saveMany(conflicts: readonly Conflict[]): Promise<void>;
}

export interface ConflictsTx {
  readonly conflicts: Conflicts;
}
