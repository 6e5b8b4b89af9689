import type { AdministrationId, SyncRunId, SyncStepId } from '../kernel/index.js';
import type { DataKind } from './data-kind.js';

export type StepState = 'pending' | 'running' | 'waiting' | 'done' | 'failed' | 'skipped';
export type WaitReason = 'minute-limit' | 'day-limit' | 'retry' | 'reconnect' | 'paused';

/** One kind of one administration within a run; `compare` is the run's own last step and has no administration. */
export interface SyncStep {
  readonly id: SyncStepId;
  readonly runId: SyncRunId;
  readonly administrationId: AdministrationId | null;
  readonly kind: DataKind | 'compare';
  /** Order within the administration: a step starts when all lower ones have ended. */
  readonly position: number;
  /** Read from the beginning rather than since the last cursor: only such a read can prove deletions (I8). */
  readonly isFullRead: boolean;
  readonly state: StepState;
  /** Exact's `__next`, followed verbatim. */
  readonly cursorNext: string | null;
  /** The highest row version stored so far, digit for digit (E10). */
  readonly cursorTimestamp: string;
  /** How far the run before came, where this read begins before that: what lies below is mostly known (F38). */
  readonly knownUntil: string | null;
  /** The administration's `movedAt` when the read was planned: row versions from before a move say nothing of those after it. */
  readonly movedAt: string | null;
  readonly records: number;
  readonly rejected: number;
  readonly expected: number | null;
  readonly calls: number;
  readonly leaseOwner: string | null;
  /** By the store's clock; written by `SyncSteps.takeLease` and `renewLease` only. */
  readonly isLeaseLive: boolean;
  /** The fence: raised at each take-over, so that a late commit of the former owner is refused (J02). */
  readonly epoch: number;
  /** Owners that died without storing a page, not those that handed back; 0 again with each stored page. */
  readonly crashCount: number;
  /** Failed tries since the last stored page. Waiting for a limit is not one (E04). */
  readonly attempts: number;
  readonly dueAt: Date;
  readonly waitReason: WaitReason | null;
  readonly failure: { readonly kind: string; readonly message: string } | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

/** A step whose owners died this often without progress is given up (F04). */
export const crashesMax = 3;

/** The failure of a full read that stayed short of what Exact counts. */
export const missedAccounts = 'accounts-missing';

/** Row versions start above 1: the first call asks for everything above it (exact-online.md 5.2). */
export const firstTimestamp = '1';

/** Where a step begins to read. */
export type StepStart = Pick<SyncStep, 'isFullRead' | 'cursorTimestamp' | 'knownUntil'>;

/** The start of a read of everything. */
export const startOfAll: StepStart = {
  isFullRead: true,
  cursorTimestamp: firstTimestamp,
  knownUntil: null,
};

/** Whether nothing more will happen to the step by itself. */
export function hasEnded(step: Pick<SyncStep, 'state'>): boolean {
  return step.state === 'done' || step.state === 'failed' || step.state === 'skipped';
}

/** A step that waits for its turn. */
export function beginStep(
  id: SyncStepId,
  part: Pick<SyncStep, 'runId' | 'administrationId' | 'kind' | 'position' | keyof StepStart | 'movedAt'>,
  now: Date,
): SyncStep {
  return {
    ...part,
    id,
    state: 'pending',
    cursorNext: null,
    records: 0,
    rejected: 0,
    expected: null,
    calls: 0,
    leaseOwner: null,
    isLeaseLive: false,
    epoch: 0,
    crashCount: 0,
    attempts: 0,
    dueAt: now,
    waitReason: null,
    failure: null,
    startedAt: null,
    endedAt: null,
  };
}

/** The step in the hands of a new owner. A step that was running has lost its former owner to a crash. */
export function claimedStep(step: SyncStep, owner: string, now: Date): SyncStep {
  return {
    ...step,
    state: 'running',
    leaseOwner: owner,
    epoch: step.epoch + 1,
    crashCount: step.state === 'running' ? step.crashCount + 1 : step.crashCount,
    waitReason: null,
    startedAt: step.startedAt ?? now,
  };
}

/** The step after one stored page: progress makes up for earlier failures. */
export function recordedStep(
  step: SyncStep,
  page: { records: number; rejected: number; next: string | null; timestamp: string },
): SyncStep {
  return {
    ...step,
    records: step.records + page.records,
    rejected: step.rejected + page.rejected,
    calls: step.calls + 1,
    cursorNext: page.next,
    cursorTimestamp: page.timestamp,
    crashCount: 0,
    attempts: 0,
    failure: null,
  };
}

/** The step handed back, to go on at `dueAt`. */
export function releasedStep(step: SyncStep, wait: { reason: WaitReason | null; dueAt: Date }): SyncStep {
  const state = wait.reason === null ? 'pending' : 'waiting';
  return { ...step, state, leaseOwner: null, waitReason: wait.reason, dueAt: wait.dueAt };
}

/** The step at its end. */
export function endedStep(
  step: SyncStep,
  end: { state: 'done' | 'failed' | 'skipped'; failure?: SyncStep['failure'] },
  now: Date,
): SyncStep {
  const failure = end.failure ?? (end.state === 'done' ? null : step.failure);
  return { ...step, state: end.state, failure, leaseOwner: null, waitReason: null, endedAt: now };
}

/** Where a step starts that reads once more from the beginning. */
const fromTheStart = {
  cursorNext: null,
  cursorTimestamp: firstTimestamp,
  knownUntil: null,
  records: 0,
  rejected: 0,
  expected: null,
};

/** A failed step, once more from where it stood; from the beginning where that was an end with too few. */
export function revivedStep(step: SyncStep, now: Date): SyncStep {
  return {
    ...step,
    ...(step.failure?.kind === missedAccounts ? fromTheStart : {}),
    state: 'pending',
    leaseOwner: null,
    waitReason: null,
    failure: null,
    attempts: 0,
    crashCount: 0,
    dueAt: now,
    endedAt: null,
  };
}
