import {
  err,
  ok,
  type Deps,
  type OutboxTx,
  type Result,
  type SyncRunId,
  type SyncStepId,
  type TenantId,
} from '../kernel/index.js';
import type { AdvanceRunTx } from './advance-run.js';
import { endRun } from './advance-run.js';
import { lockOpenRuns } from './lock-open-runs.js';
import { skipStep } from './skip-step.js';
import { hasEnded, releasedStep, type SyncStep } from './sync-step.js';
import { isOpen, type SyncRun } from './sync-run.js';

type SteerError = { readonly kind: 'not-found' } | { readonly kind: 'sync-not-running' };

interface RunCommand {
  readonly tenantId: TenantId;
  readonly runId: SyncRunId;
}

/** Stops fetching after the pages that are being read. Pausing twice is one pause. */
export function pauseRun(
  deps: Deps<AdvanceRunTx>,
  command: RunCommand,
): Promise<Result<SyncRun, SteerError>> {
  return steer(deps, command, async (tx, run) => {
    if (run.pausedAt !== null) return run;
    const now = deps.now();
    const paused = { ...run, pausedAt: now };
    await tx.syncRuns.save(paused);
    for (const { id } of await tx.syncSteps.findMany(run.id)) {
      const step = await tx.syncSteps.findByIdForUpdate(id);
      if (step?.state === 'waiting')
        await tx.syncSteps.save(releasedStep(step, { reason: 'paused', dueAt: now }));
      // Its owner sees the mark when it stores the page that it is reading.
      if (step?.state === 'running' && step.kind !== 'compare')
        await tx.syncSteps.save({ ...step, waitReason: 'paused' });
    }
    await tx.syncRuns.addEvent({ runId: run.id, administrationId: null, at: now, key: 'paused', params: {} });
    return paused;
  });
}

/** Goes on after a pause; without one nothing happens. */
export function continueRun(
  deps: Deps<AdvanceRunTx>,
  command: RunCommand,
): Promise<Result<SyncRun, SteerError>> {
  return steer(deps, command, async (tx, run) => {
    if (run.pausedAt === null) return run;
    const now = deps.now();
    const going = { ...run, pausedAt: null };
    await tx.syncRuns.save(going);
    await wakeSteps(tx, { run: going, now, isWoken: () => true });
    if (run.state === 'comparing') await tx.outbox.add({ kind: 'compare-run', runId: run.id });
    await tx.syncRuns.addEvent({
      runId: run.id,
      administrationId: null,
      at: now,
      key: 'continued',
      params: {},
    });
    return going;
  });
}

/** Ends the run where it stands: what was stored stays, a page under way is refused by its fence. */
export function cancelRun(
  deps: Deps<AdvanceRunTx>,
  command: RunCommand,
): Promise<Result<SyncRun, SteerError>> {
  return steer(deps, command, (tx, run) => cancel(tx, run, deps.now()));
}

/** Cancels the run that is open, and all that stand aside; nothing happens when none is. */
export async function cancelOpenRun(
  deps: Deps<AdvanceRunTx>,
  { tenantId }: { readonly tenantId: TenantId },
): Promise<void> {
  await deps.uow.run(tenantId, async (tx) => {
    for (const run of await lockOpenRuns(tx)) await cancel(tx, run, deps.now());
    return ok(undefined);
  });
}

async function cancel(tx: AdvanceRunTx, run: SyncRun, now: Date): Promise<SyncRun> {
  for (const { id } of await tx.syncSteps.findMany(run.id)) {
    const step = await tx.syncSteps.findByIdForUpdate(id);
    if (step && !hasEnded(step)) await skipStep(tx, step, { now });
  }
  return endRun(tx, { run, state: 'cancelled', now });
}

async function steer(
  deps: Deps<AdvanceRunTx>,
  command: RunCommand,
  work: (tx: AdvanceRunTx, run: SyncRun) => Promise<SyncRun>,
): Promise<Result<SyncRun, SteerError>> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Result<SyncRun, SteerError>> => {
    const run = await tx.syncRuns.findByIdForUpdate(command.runId);
    if (!run) return err({ kind: 'not-found' });
    return isOpen(run) ? ok(await work(tx, run)) : err({ kind: 'sync-not-running' });
  });
}

/** Makes waiting steps due and sends the first open one of each administration. */
export async function wakeSteps(
  tx: AdvanceRunTx & OutboxTx,
  wake: { run: SyncRun; now: Date; isWoken: (step: SyncStep) => boolean },
): Promise<SyncStepId[]> {
  const { run, now } = wake;
  const open = (await tx.syncSteps.findMany(run.id)).filter(
    (step) => step.kind !== 'compare' && !hasEnded(step),
  );
  const firsts = new Map<string, SyncStep>();
  for (const step of open)
    if (!firsts.has(step.administrationId ?? '')) firsts.set(step.administrationId ?? '', step);
  for (const { id } of open.filter(({ state }) => state === 'running')) {
    // A page may have been stored since.
    const step = await tx.syncSteps.findByIdForUpdate(id);
    if (step?.state === 'running' && step.waitReason !== null)
      await tx.syncSteps.save({ ...step, waitReason: null });
  }
  const woken = [...firsts.values()].filter((step) => step.state !== 'running' && wake.isWoken(step));
  for (const step of woken) {
    if (step.state === 'waiting') await tx.syncSteps.save(releasedStep(step, { reason: null, dueAt: now }));
    await tx.outbox.add({ kind: 'run-step', runId: run.id, stepId: step.id });
  }
  return woken.map((step) => step.id);
}
