import type { AdministrationId, RelationId } from '../kernel/index.js';
import type { Relation } from './relation.js';

/** The merged relations of one tenant. Ids are never reused and rows never removed. */
export interface Relations {
  /** One comparing at a time: waits for the other's transaction to end. Released with this transaction. */
  lockForComparing(): Promise<void>;
  findMany(ids: readonly RelationId[]): Promise<Relation[]>;
  /** Locks in the order of the ids, so that two transactions never wait for each other. By id. */
  findManyForUpdate(ids: readonly RelationId[]): Promise<Relation[]>;
  /** Active relations with links in two administrations or more whose accounts differ from the shared values; by id. */
  findDiffering(after: RelationId | null, limit: number): Promise<RelationId[]>;
  /**
   * Active relations, by id, that lack an account in some of the administrations: none that is present is linked there. Only those with an
   * account elsewhere that may be used on the day, and is not anonymous; never own companies.
   */
  findLacking(of: {
    readonly administrationIds: readonly AdministrationId[];
    readonly after: RelationId | null;
    readonly limit: number;
    /** YYYY-MM-DD. */
    readonly today: string;
    readonly createdSince: Date | null;
  }): Promise<{ readonly id: RelationId; readonly lacking: readonly AdministrationId[] }[]>;
  addMany(relations: readonly Relation[]): Promise<void>;
  /** Writes every column as given; the caller raises `version`. */
  saveMany(relations: readonly Relation[]): Promise<void>;
}

export interface RelationsTx {
  readonly relations: Relations;
}
