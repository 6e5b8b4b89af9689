import type { SyncRunId } from '../kernel/index.js';
import type { RunEvent, RunEventKey } from './run-event.js';
import type { Comparison, SyncRun } from './sync-run.js';

/** The runs of one tenant. */
export interface SyncRuns {
  /**
   * Whether coupling is switched on for the organisation. The answer holds until the transaction ends: who switches off waits for it, and
   * then finds the run that was started (F82). Asked before any run is locked, as switching off does.
   */
  holdSwitch(): Promise<'on' | 'off'>;
  /** Answers `other-open` when another run of the tenant is open, also when it was added a moment ago (J01). */
  add(run: SyncRun): Promise<'added' | 'other-open'>;
  /** The one that holds the place. */
  findOpen(): Promise<SyncRun | undefined>;
  /** Those that stand aside: additions, oldest first. */
  findAside(): Promise<SyncRun[]>;
  findById(id: SyncRunId): Promise<SyncRun | undefined>;
  /** The one that completed last, by its start. */
  findLastCompleted(): Promise<SyncRun | undefined>;
  /** Locks the row until the transaction ends. Always taken before the lock of one of its steps. */
  findByIdForUpdate(id: SyncRunId): Promise<SyncRun | undefined>;
  /** Answers `other-open` when this would make a second open run. */
  save(run: SyncRun): Promise<'saved' | 'other-open'>;
  /** Tells what a part of comparing came to, in the transaction that did it; parts may tell side by side. */
  addComparison(id: SyncRunId, part: Comparison): Promise<void>;
  /** What all parts came to, for the end of the run: they are gone afterwards. */
  takeComparison(id: SyncRunId): Promise<Comparison>;
  addEvent(event: RunEvent): Promise<void>;
  hasEvent(runId: SyncRunId, key: RunEventKey): Promise<boolean>;
}

export interface SyncRunsTx {
  readonly syncRuns: SyncRuns;
}
