import type { AdministrationId } from '../kernel/index.js';
import type { DataKind } from './data-kind.js';

/** Where the next run of one kind in one administration begins; of a list that is always read whole, that it was, and when. */
export interface Cursor {
  readonly administrationId: AdministrationId;
  readonly kind: DataKind;
  /** A row version, or for kinds without one a text of the source. Never a clock time of ours (E10). */
  readonly timestamp: string;
  /**
   * The row version from which the next run reads, where that is before `timestamp`: Exact may still be busy with a change that already has a
   * lower one (F38). Null where the next run begins at `timestamp`.
   */
  readonly overlapFrom: string | null;
  /** The administration's `movedAt` when the read that ended here was planned: another value makes the cursor worthless. */
  readonly movedAt: string | null;
  readonly updatedAt: Date;
}

/** The cursors of one tenant; stored in the transaction that ends a step. */
export interface Cursors {
  findMany(administrationId: AdministrationId): Promise<Cursor[]>;
  put(cursor: Cursor): Promise<void>;
  /** Forgets it: the next run of the kind reads everything, as if for the first time. */
  remove(administrationId: AdministrationId, kind: DataKind): Promise<void>;
}

export interface CursorsTx {
  readonly cursors: Cursors;
}
