import {
  err,
  ok,
  systemActor,
  type ContactHandling,
  type Deps,
  type Result,
  type SyncRunId,
  type TenantId,
} from '../kernel/index.js';
import type { IssuesTx, Trouble } from '../issues/index.js';
import { addComparisons } from '../relations/index.js';
import { leaseMs } from './claim-step.js';
import { endRun, type AdvanceRunTx } from './advance-run.js';
import type { SourceStoreTx } from './source-store.port.js';
import { closePastStandstills } from './standstills.js';
import type { SyncPolicy } from './sync-policy.port.js';
import type { RunKind, SyncRun } from './sync-run.js';
import { claimedStep, crashesMax, endedStep, hasEnded, releasedStep, type SyncStep } from './sync-step.js';

export type RunCompareTx = AdvanceRunTx & SourceStoreTx & IssuesTx;

export interface RunCompareDeps extends Deps<RunCompareTx> {
  /**
   * Compares what the run brought, and tells what each part came to in the transaction that did it (`SyncRuns.addComparison`). Idempotent:
   * a repeated message repeats nothing.
   */
  readonly compare: (run: {
    readonly tenantId: TenantId;
    readonly runId: SyncRunId;
    readonly runKind: RunKind;
    readonly contactHandling: Awaited<ReturnType<SyncPolicy['read']>>['contactHandling'];
    readonly onProgress: (done: number, total: number) => Promise<void>;
  }) => Promise<void>;
}

export interface RunCompareCommand {
  readonly tenantId: TenantId;
  readonly runId: SyncRunId;
  readonly owner: string;
  /** Told which step was claimed, for whoever renews its lease, since what computes must not block that thread, or hands it back. */
  readonly onClaimed?: (step: Pick<SyncStep, 'id' | 'epoch'>, leaseMs: number) => void;
}

export type CompareOutcome = 'compared' | 'nothing-to-do' | 'busy' | 'lease-lost';

/** Progress is written this often at most. */
const progressEveryMs = 500;

/** Compares once all administrations are fetched, then completes the run: statistics, and when each administration synchronises next. */
export async function runCompare(deps: RunCompareDeps, command: RunCompareCommand): Promise<CompareOutcome> {
  const claimed = await claimCompare(deps, command);
  if (!claimed.ok) return claimed.error;
  const { run, step, contactHandling } = claimed.value;
  command.onClaimed?.(step, leaseMs);
  const onProgress = progressOf(deps, command);
  const { tenantId, runId } = command;
  await deps.compare({ tenantId, runId, runKind: run.kind, contactHandling, onProgress });
  return complete(deps, command, step);
}

interface Claim {
  readonly run: SyncRun;
  readonly step: SyncStep;
  readonly contactHandling: ContactHandling;
}

async function claimCompare(
  deps: RunCompareDeps,
  { tenantId, runId, owner }: RunCompareCommand,
): Promise<Result<Claim, CompareOutcome>> {
  const claim = await deps.uow.run(tenantId, async (tx): Promise<Result<Claim | null, CompareOutcome>> => {
    const now = deps.now();
    const run = await tx.syncRuns.findByIdForUpdate(runId);
    if (run?.state !== 'comparing' || run.pausedAt) return err('nothing-to-do');
    const found = await compareStepOf(tx, runId);
    const step = found && (await tx.syncSteps.findByIdForUpdate(found.id));
    if (!step || hasEnded(step) || step.dueAt > now) return err('nothing-to-do');
    if (step.isLeaseLive) return err('busy');
    const claimed = await withProgress(tx, claimedStep(step, owner, now));
    if (claimed.crashCount >= crashesMax) {
      await giveUp(tx, { run, step: claimed, now, reason: 'its worker stopped again and again' });
      return ok(null);
    }
    await tx.syncSteps.save(claimed);
    await tx.syncSteps.takeLease(step.id, owner, leaseMs);
    await tx.sourceStore.adoptUncompared(runId);
    return ok({ run, step: claimed, contactHandling: (await tx.syncPolicy.read()).contactHandling });
  });
  if (!claim.ok) return claim;
  return claim.value ? ok(claim.value) : err('nothing-to-do');
}

/**
 * Whoever died after something was placed did not die without progress: comparing a large tenant takes longer than workers may live. While
 * comparing goes on, the records of its step are what was told of it when it was claimed.
 */
async function withProgress(tx: RunCompareTx, step: SyncStep): Promise<SyncStep> {
  const told = await tx.syncRuns.takeComparison(step.runId);
  const records = Object.values(told).reduce((sum, count) => sum + count, 0);
  if (records > 0) await tx.syncRuns.addComparison(step.runId, told);
  return records === step.records ? step : { ...step, records, crashCount: 0 };
}

function progressOf(deps: RunCompareDeps, { tenantId, runId }: RunCompareCommand) {
  let writtenAt = 0;
  return async (done: number, total: number): Promise<void> => {
    const now = deps.now().getTime();
    if (done < total && now - writtenAt < progressEveryMs) return;
    writtenAt = now;
    await deps.uow.run(tenantId, async (tx) => {
      const run = await tx.syncRuns.findByIdForUpdate(runId);
      if (run?.state === 'comparing') await tx.syncRuns.save({ ...run, compared: done, compareTotal: total });
      return ok(undefined);
    });
  };
}

async function complete(
  deps: RunCompareDeps,
  { tenantId, runId }: RunCompareCommand,
  mine: SyncStep,
): Promise<CompareOutcome> {
  const done = await deps.uow.run(tenantId, async (tx): Promise<Result<CompareOutcome, CompareOutcome>> => {
    const run = await tx.syncRuns.findByIdForUpdate(runId);
    const step = await tx.syncSteps.findByIdForUpdate(mine.id);
    if (run?.state === 'cancelled') return ok(await tellWhatCameAfter(tx, run));
    if (run?.state !== 'comparing' || !step || step.epoch !== mine.epoch) return err('lease-lost');
    const now = deps.now();
    await tx.syncSteps.save(endedStep({ ...step, records: 0 }, { state: 'done' }, now));
    const total = Math.max(run.compareTotal, run.compared);
    const compared = { ...run, compared: total, compareTotal: total };
    await endRun(tx, { run: compared, state: 'completed', now });
    await closeFailedCompares(tx, now);
    await closePastStandstills(tx, now);
    return ok('compared');
  });
  return done.ok ? done.value : done.error;
}

/** What is being compared when its run is cancelled is done all the same: the run tells of that too. */
async function tellWhatCameAfter(tx: RunCompareTx, run: SyncRun): Promise<CompareOutcome> {
  const comparison = addComparisons(run.statistics, await tx.syncRuns.takeComparison(run.id));
  await tx.syncRuns.save({ ...run, statistics: { ...run.statistics, ...comparison } });
  return 'lease-lost';
}

/** It compared what runs that failed before it had left, too. */
async function closeFailedCompares(tx: IssuesTx, now: Date): Promise<void> {
  const told = await tx.issues.findUnresolvedCauseKeys('fetch-failed:');
  const over = told.filter((key) => key.endsWith(':compare'));
  if (over.length > 0) await tx.issues.resolve(over, now, systemActor.name);
}

async function compareStepOf(tx: AdvanceRunTx, runId: SyncRunId): Promise<SyncStep | undefined> {
  return (await tx.syncSteps.findMany(runId)).find((step) => step.kind === 'compare');
}

const comparePauseMs = 5_000;
const comparePauseMaxMs = 15 * 60_000;
const attemptsUntilIssue = 3;

/** After comparing threw: once more a little later, for as long as it takes; after some tries people see an issue. */
export async function recordFailedCompare(
  deps: Deps<RunCompareTx>,
  command: RunCompareCommand & { readonly reason: string },
): Promise<void> {
  await deps.uow.run(command.tenantId, async (tx) => {
    const run = await tx.syncRuns.findByIdForUpdate(command.runId);
    const found = await compareStepOf(tx, command.runId);
    const step = found && (await tx.syncSteps.findByIdForUpdate(found.id));
    if (run?.state !== 'comparing' || !step || step.leaseOwner !== command.owner) return ok(undefined);
    const now = deps.now();
    const attempts = step.attempts + 1;
    const pauseMs = Math.min(comparePauseMaxMs, comparePauseMs * 2 ** Math.min(step.attempts, 20));
    const dueAt = new Date(now.getTime() + pauseMs);
    const failure = failureOf(command.reason);
    await tx.syncSteps.save(releasedStep({ ...step, attempts, failure }, { reason: 'retry', dueAt }));
    if (attempts >= attemptsUntilIssue)
      await tx.issues.report([troubleOf(run, { attempts, reason: command.reason })], now);
    await tx.outbox.add({ kind: 'compare-run', runId: run.id }, dueAt);
    return ok(undefined);
  });
}

async function giveUp(
  tx: RunCompareTx,
  end: { run: SyncRun; step: SyncStep; now: Date; reason: string },
): Promise<void> {
  const failure = failureOf(end.reason);
  await tx.syncSteps.save(endedStep(end.step, { state: 'failed', failure }, end.now));
  await endRun(tx, { run: { ...end.run, failure }, state: 'failed', now: end.now });
  await tx.issues.report(
    [troubleOf(end.run, { attempts: end.step.crashCount, reason: end.reason })],
    end.now,
  );
}

function failureOf(reason: string) {
  return { kind: 'compare-failed', message: reason.slice(0, 2_000) };
}

function troubleOf(run: SyncRun, params: { attempts: number; reason: string }): Trouble {
  const causeKey = `fetch-failed:${run.id}:compare`;
  const { attempts, reason } = params;
  return {
    cause: 'fetch-failed',
    causeKey,
    administrationId: null,
    params: { kind: 'compare', attempts, reason: reason.slice(0, 500) },
  };
}
