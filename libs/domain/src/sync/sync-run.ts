import type { Actor, SyncRunId } from '../kernel/index.js';
import { noComparison } from '../relations/index.js';

export type RunKind = 'initial' | 'addition' | 'resync';
export type RunTrigger = 'person' | 'schedule' | 'webhook';
/**
 * "Waiting" and "paused" are properties of steps and of `pausedAt`: a run always has one of these names. Aside: fetching, and all that is left
 * waits so long that the place of the open run is free for others meanwhile.
 */
export type RunState = 'fetching' | 'aside' | 'comparing' | 'completed' | 'failed' | 'cancelled';

/** Totals of a run, in records; `calls` in requests to Exact. */
export interface RunStatistics {
  readonly fetched: number;
  readonly rejected: number;
  readonly relations: number;
  readonly mergedAutomatically: number;
  readonly asked: number;
  readonly doubles: number;
  readonly created: number;
  readonly changed: number;
  readonly deleted: number;
  readonly conflicts: number;
  readonly writes: number;
  readonly calls: number;
}

/** What comparing made of a run's accounts. */
export type Comparison = Omit<RunStatistics, 'fetched' | 'rejected' | 'calls'>;

/** The statistics of a run that has done nothing yet. */
export const noStatistics: RunStatistics = { ...noComparison, fetched: 0, rejected: 0, calls: 0 };

/** One synchronisation of some administrations: fetch all of them, then compare once. */
export interface SyncRun {
  readonly id: SyncRunId;
  readonly kind: RunKind;
  readonly trigger: RunTrigger;
  readonly state: RunState;
  readonly startedBy: string | null;
  readonly startedByName: string | null;
  readonly startedAt: Date;
  readonly compared: number;
  readonly compareTotal: number;
  readonly endedAt: Date | null;
  readonly failure: { readonly kind: string; readonly message: string } | null;
  readonly statistics: RunStatistics;
  readonly pausedAt: Date | null;
}

/** Whether the run holds the one place that a coupling has for an open run (J01). */
export function holdsPlace(run: Pick<SyncRun, 'state'>): boolean {
  return run.state === 'fetching' || run.state === 'comparing';
}

/** Whether the run has not ended. */
export function isOpen(run: Pick<SyncRun, 'state'>): boolean {
  return holdsPlace(run) || run.state === 'aside';
}

/** A run that starts fetching now. */
export function beginRun(
  id: SyncRunId,
  start: { kind: RunKind; trigger: RunTrigger; actor: Actor },
  now: Date,
): SyncRun {
  return {
    id,
    kind: start.kind,
    trigger: start.trigger,
    state: 'fetching',
    startedBy: start.actor.id,
    startedByName: start.actor.name,
    startedAt: now,
    compared: 0,
    compareTotal: 0,
    endedAt: null,
    failure: null,
    statistics: noStatistics,
    pausedAt: null,
  };
}
