import type { AdministrationId, SyncRunId, SyncStepId } from '../kernel/index.js';
import type { SyncStep } from './sync-step.js';

/** The steps of one tenant's runs. Leases are read and written by the store's own clock. */
export interface SyncSteps {
  addMany(steps: readonly SyncStep[]): Promise<void>;
  /** All steps of a run, by administration and position. */
  findMany(runId: SyncRunId): Promise<SyncStep[]>;
  /** The steps of one administration in a run, by position. */
  findOfAdministration(runId: SyncRunId, administrationId: AdministrationId): Promise<SyncStep[]>;
  /** Fetch steps of the run that have not ended, all administrations together. */
  countOpen(runId: SyncRunId): Promise<number>;
  findById(id: SyncStepId): Promise<SyncStep | undefined>;
  /** Locks the row until the transaction ends. */
  findByIdForUpdate(id: SyncStepId): Promise<SyncStep | undefined>;
  /** Writes everything but the lease; a step without owner has no lease. */
  save(step: SyncStep): Promise<void>;
  /** Gives `owner` the step for `forMs` from now. */
  takeLease(id: SyncStepId, owner: string, forMs: number): Promise<void>;
  /** Extends the lease of a running step; false when `owner` no longer has it, or it was locked and is not waited for. */
  renewLease(id: SyncStepId, owner: string, renewal: Renewal): Promise<boolean>;
}

export interface Renewal {
  /** From now. */
  readonly forMs: number;
  /** A transaction of the step's own work may have its row. */
  readonly ifLocked: 'wait' | 'skip';
}

export interface SyncStepsTx {
  readonly syncSteps: SyncSteps;
}
