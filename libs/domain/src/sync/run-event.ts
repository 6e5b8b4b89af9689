import type { AdministrationId, SyncRunId } from '../kernel/index.js';

/** Notable moments of a run, for the log on the progress page; texts are found by key. */
export type RunEventKey =
  | 'run-started'
  | 'administration-fetched'
  | 'limit-reached'
  | 'retrying'
  | 'exact-silent'
  | 'resumed'
  | 'part-failed'
  | 'part-retried'
  | 'access-lost'
  | 'reconnect-needed'
  | 'stood-aside'
  | 'records-rejected'
  | 'full-read'
  | 'paused'
  | 'continued'
  | 'comparing'
  | 'creates-left'
  | 'completed'
  | 'failed'
  | 'cancelled';

export interface RunEvent {
  readonly runId: SyncRunId;
  readonly administrationId: AdministrationId | null;
  readonly at: Date;
  readonly key: RunEventKey;
  readonly params: Readonly<Record<string, string | number>>;
}
