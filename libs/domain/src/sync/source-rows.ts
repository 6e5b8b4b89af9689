import type { PartFields, SourceFields } from '../relations/index.js';
import type { MasterKind, PartKind } from './data-kind.js';

/** One account as the source has it now. */
export interface AccountRow {
  readonly exactId: string;
  readonly rowVersion: bigint;
  readonly fields: SourceFields;
  readonly isCustomer: boolean;
  readonly isSupplier: boolean;
  /** The account that stands for the administration itself (Exact's type D). */
  readonly isDivisionAccount: boolean;
  readonly isBlocked: boolean;
  readonly modifiedAt: Date | null;
  /** Equal fields have equal hashes, whichever endpoint they came from: how an echo of our own write is recognised. */
  readonly contentHash: string;
}

/** A contact person, address or bank account. */
export interface PartRow {
  readonly exactId: string;
  readonly accountExactId: string | null;
  readonly rowVersion: bigint | null;
  /** When the source says that it was changed last; absent or null when it does not say. */
  readonly modifiedAt?: Date | null;
  readonly fields: PartFields;
}

/** A journal, ledger account, VAT code, payment condition, cost centre or unit. */
export interface MasterRow {
  readonly exactId: string;
  readonly code: string;
  readonly description: string;
  readonly isBlocked: boolean;
  readonly rowVersion: bigint | null;
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
}

/** A line of Exact's two-month log of deletions. */
export interface DeletedRow {
  readonly entity: 'account' | 'gl-account' | PartKind;
  readonly exactId: string;
}

export type SourceRows =
  | { readonly kind: 'accounts'; readonly rows: readonly AccountRow[] }
  | { readonly kind: 'parts'; readonly part: PartKind; readonly rows: readonly PartRow[] }
  | { readonly kind: 'masters'; readonly master: MasterKind; readonly rows: readonly MasterRow[] }
  | { readonly kind: 'deleted'; readonly rows: readonly DeletedRow[] };

/** A record that could not be taken over; the rest of its page was (C04). */
export interface Rejection {
  readonly exactId: string | null;
  /** Absent or null where the source does not say. */
  readonly rowVersion?: bigint | null;
  /** What people know the record by: its code or name, cut to 100 characters. */
  readonly name: string;
  readonly reason:
    | { readonly kind: 'unreadable'; readonly message: string }
    | { readonly kind: 'too-long'; readonly field: string; readonly length: number; readonly limit: number };
}
