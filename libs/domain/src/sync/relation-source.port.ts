import type { AdministrationId, ConnectionId, Result, TenantId } from '../kernel/index.js';
import type { DataKind, PartKind } from './data-kind.js';
import type { SourceFault } from './source-fault.js';
import type { Rejection, SourceRows } from './source-rows.js';

/** What a call to the source needs to know of an administration. */
export interface SourceAdministration {
  readonly tenantId: TenantId;
  readonly id: AdministrationId;
  readonly connectionId: ConnectionId;
  readonly region: string;
  readonly division: number;
}

/**
 * Who asks, in order of precedence; the budget keeps a reserve back for those before. `upkeep` has a person's share, though nobody waits: it stands
 * by while Exact is silent (F32).
 */
export type CallPurpose = 'interactive' | 'upkeep' | 'webhook' | 'resync' | 'initial' | 'plan';

/** The administration that is written to, and who waits for that. */
export interface WriteTarget extends SourceAdministration {
  readonly purpose: CallPurpose;
}

export interface PageRequest {
  readonly administration: SourceAdministration;
  readonly kind: DataKind;
  readonly cursor: { readonly next: string | null; readonly timestamp: string };
  /** When the read that the page belongs to began: what comes in after that may come by no page of it. */
  readonly begunAt: Date;
  readonly purpose: CallPurpose;
}

export interface SourcePage {
  readonly rows: SourceRows;
  readonly rejected: readonly Rejection[];
  /** Null on the last page. */
  readonly next: string | null;
  /** The highest row version up to and including this page; of kinds without one, where the next read has to begin. */
  readonly timestamp: string;
}

/** As `Administration.movedAt` has it. */
export interface MoveDates {
  readonly movedAt: string | null;
}

/** The accounting system. Nothing here runs inside a transaction. Throws only what is nobody's expectation. */
export interface RelationSource {
  fetchPage(request: PageRequest): Promise<Result<SourcePage, SourceFault>>;
  countAccounts(
    administration: SourceAdministration,
    purpose: CallPurpose,
  ): Promise<Result<number, SourceFault>>;
  /** How many contact persons, addresses or bank accounts the administration has. */
  countParts(
    administration: SourceAdministration,
    kind: PartKind,
    purpose: CallPurpose,
  ): Promise<Result<number, SourceFault>>;
  /** When Exact last moved the administration; undefined when it lists the administration no more. */
  movedAt(
    administration: SourceAdministration,
    purpose: CallPurpose,
  ): Promise<Result<MoveDates | undefined, SourceFault>>;
  /** Without the right Exact gives empty lists instead of an error (exact-online.md 3.7). */
  mayReadAccounts(
    administration: SourceAdministration,
    purpose: CallPurpose,
  ): Promise<Result<boolean, SourceFault>>;
}
