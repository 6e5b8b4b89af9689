import type { AdministrationId, RelationId, SourceRelationId, SyncRunId } from '../kernel/index.js';
import type { MatchRecord } from './matching/index.js';
import type { SourceRelation } from './source-relation.js';

/** What comparing needs of one account, and the relation that it belongs to already. */
export interface Comparable {
  readonly record: MatchRecord;
  readonly relationId: RelationId | null;
}

/** Some of a tenant's accounts. */
export interface AccountScope {
  readonly administrationIds: readonly AdministrationId[];
  /** The last one by id; null for all of these administrations. */
  readonly upTo: SourceRelationId | null;
}

/** The accounts of all administrations as comparing and merging see them. Fetching writes them (sync). */
export interface SourceRelations {
  /** How many present accounts each administration has that has any. */
  countPresent(): Promise<ReadonlyMap<AdministrationId, number>>;
  /** The id of the nth present account of an administration, by id; undefined when it has fewer. */
  findNth(administrationId: AdministrationId, nth: number): Promise<SourceRelationId | undefined>;
  /** Present accounts, by id, after `after`; of all administrations without a scope. */
  findRecords(
    after: SourceRelationId | null,
    limit: number,
    scope?: AccountScope | null,
  ): Promise<MatchRecord[]>;
  countUnlinked(): Promise<number>;
  /** As `findUnlinked`, as comparing needs them. */
  findUnlinkedRecords(after: SourceRelationId | null, limit: number): Promise<MatchRecord[]>;
  /**
   * Ids of present accounts that belong to no relation, by the letters and digits of their names, after that account: those that may be the
   * same stand side by side mostly. Each page looks at all of them.
   */
  findUnlinkedByName(after: SourceRelationId | null, limit: number): Promise<SourceRelationId[]>;
  findComparablesOf(ids: readonly SourceRelationId[]): Promise<Comparable[]>;
  /** Present accounts that belong to no relation, by id, after `after`. */
  findUnlinked(after: SourceRelationId | null, limit: number): Promise<SourceRelation[]>;
  /** By id. */
  findMany(ids: readonly SourceRelationId[]): Promise<SourceRelation[]>;
  /** By id, locked until the transaction ends: a write's read-back waits. */
  findManyForUpdate(ids: readonly SourceRelationId[]): Promise<SourceRelation[]>;
  /** Ids of accounts that the run inserted, changed or saw deleted, and of any whose change nobody compared yet; by id. */
  findChangedIn(runId: SyncRunId, after: SourceRelationId | null, limit: number): Promise<SourceRelationId[]>;
  /** The same, but only those that are linked, and say something else than their base or are deleted. */
  findUnmergedIn(
    runId: SyncRunId,
    after: SourceRelationId | null,
    limit: number,
  ): Promise<SourceRelationId[]>;
  /** Ids of present, linked accounts with a bank account that is new or changed since parts were last compared; by id, after `after`. */
  findWithNewNumbers(after: SourceRelationId | null, limit: number): Promise<SourceRelationId[]>;
  /** Makes the present shared values the base of the next three-way merge: clears the old ones. Writes no other rows. */
  acceptAsBase(ids: readonly SourceRelationId[]): Promise<void>;
}

export interface SourceRelationsTx {
  readonly sourceRelations: SourceRelations;
}
