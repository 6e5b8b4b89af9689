import type { AdministrationId, SourceRelationId, SyncRunId } from '../kernel/index.js';
import type { SharedValues, SourceFields, SourceRelation } from '../relations/index.js';
import type { MasterKind, PartKind } from './data-kind.js';
import type { AccountRow, DeletedRow, MasterRow, PartRow } from './source-rows.js';

/** Whose rows are stored, by which run. */
export interface StoreContext {
  readonly administrationId: AdministrationId;
  readonly runId: SyncRunId;
  readonly now: Date;
  /** Own writes that were read back from here on may be newer than the rows. */
  readonly writtenSince: Date;
  /** Row versions of a full read may be lower than the stored ones (a moved division): only the content decides then. */
  readonly isFullRead: boolean;
  /** A full read of what was read before: parts that are new in it are news, as in a read of what changed. Not so when left out. */
  readonly isReread?: boolean;
}

export interface StoredCounts {
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
}

export interface StoredAccount extends AccountRow {
  /** The id that a new row gets. */
  readonly id: SourceRelationId;
  readonly isOwnCompany: boolean;
}

/** Where an account stands at the source. */
export type AccountAt = Pick<SourceRelation, 'administrationId' | 'exactId'>;

/** What Koppel keeps of what Exact has. Batches may hold any number of rows, each id once. */
export interface SourceStore {
  /**
   * An older row version never replaces a newer; equal content changes nothing and marks nothing as changed in the run. A row that
   * does not have what we wrote since `writtenSince`, and was not modified after that, was made before: it is passed over, but for the row
   * version of a full read, which those that follow are held against.
   */
  upsertAccounts(context: StoreContext, rows: readonly StoredAccount[]): Promise<StoredCounts>;
  /** The same for parts, and for the account whose visiting address is one. */
  upsertParts(context: StoreContext, kind: PartKind, rows: readonly PartRow[]): Promise<StoredCounts>;
  upsertMasters(context: StoreContext, kind: MasterKind, rows: readonly MasterRow[]): Promise<StoredCounts>;
  /** Marks what is there as deleted; unknown ids are ignored (E11). Says how many accounts it marked. */
  markDeleted(context: StoreContext, rows: readonly DeletedRow[]): Promise<number>;
  countPresent(administrationId: AdministrationId): Promise<number>;
  /** Notes that the full read of this run met these, though what they say now could not be taken over; unknown ids are ignored. */
  markMet(context: StoreContext, exactIds: readonly string[]): Promise<void>;
  /** Present accounts that the full read of this run did not meet. */
  countUnseen(context: Pick<StoreContext, 'administrationId' | 'runId'>): Promise<number>;
  /** Marks them as deleted. Only after a proof that the read was complete (I8). Says how many. */
  markUnseenDeleted(context: StoreContext): Promise<number>;
  countPresentParts(administrationId: AdministrationId, kind: PartKind): Promise<number>;
  /** Present parts that the full read of this run did not meet. */
  countUnseenParts(
    context: Pick<StoreContext, 'administrationId' | 'runId'>,
    kind: PartKind,
  ): Promise<number>;
  /** Marks them as deleted. Only after a proof that the read was complete (I8). Says how many. */
  markUnseenPartsDeleted(context: StoreContext, kind: PartKind): Promise<number>;
  /** Removes masters that a whole read of the list did not meet. */
  removeUnseenMasters(context: StoreContext, kind: MasterKind): Promise<number>;
  /**
   * Changes that nobody compared become changes of this run: those that a failed or cancelled run had stored, and those of others
   * that came to light when a write was read back.
   */
  adoptUncompared(runId: SyncRunId): Promise<void>;
  findRelation(id: SourceRelationId): Promise<SourceRelation | undefined>;
  findAccount(at: AccountAt): Promise<SourceRelation | undefined>;
  findRelationForUpdate(id: SourceRelationId): Promise<SourceRelation | undefined>;
  /**
   * Keeps an account that a create made or found, as seen and compared; one that is known already stays as it is. Gives it as it stands,
   * under lock.
   */
  keepAccount(administrationId: AdministrationId, row: StoredAccount, now: Date): Promise<SourceRelation>;
  /** What Exact answered after our own write, with the new base, so that the echo is no change. */
  storeReadBack(id: SourceRelationId, row: AccountReadBack, now: Date): Promise<void>;
}

/** An account as it was read after our own write. */
export interface AccountReadBack {
  readonly fields: SourceFields;
  readonly contentHash: string;
  readonly modifiedAt: Date | null;
  readonly base: SharedValues | null;
  /** The fields that were written, as they are now; none when nothing had to be. */
  readonly written: Partial<SharedValues>;
}

export interface SourceStoreTx {
  readonly sourceStore: SourceStore;
}
