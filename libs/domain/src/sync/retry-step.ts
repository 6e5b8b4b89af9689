import {
  err,
  ok,
  type Deps,
  type Result,
  type SyncRunId,
  type SyncStepId,
  type TenantId,
} from '../kernel/index.js';
import type { AdvanceRunTx } from './advance-run.js';
import { findInTheWay } from './open-run.js';
import { hasEnded, revivedStep, type SyncStep } from './sync-step.js';
import { isOpen, type SyncRun } from './sync-run.js';

export type RetryStepError =
  | { readonly kind: 'feature-not-enabled' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'step-not-failed' }
  | { readonly kind: 'sync-already-running'; readonly syncRunId: SyncRunId };

/**
 * Tries a failed part once more, from the page where it stopped, with the parts that were skipped because of it. A run that has ended
 * is opened again for it and compares again at its end, which repeats nothing. Clicking twice sends one message (E05).
 * Not for an organisation that is switched off, which would have a run again (F82).
 */
export function retryStep(
  deps: Deps<AdvanceRunTx>,
  command: { readonly tenantId: TenantId; readonly runId: SyncRunId; readonly stepId: SyncStepId },
): Promise<Result<SyncRun, RetryStepError>> {
  return deps.uow.run(command.tenantId, async (tx): Promise<Result<SyncRun, RetryStepError>> => {
    if ((await tx.syncRuns.holdSwitch()) === 'off') return err({ kind: 'feature-not-enabled' });
    const run = await tx.syncRuns.findByIdForUpdate(command.runId);
    const steps = await tx.syncSteps.findMany(command.runId);
    const step = steps.find((each) => each.id === command.stepId);
    if (!run || !step || step.kind === 'compare') return err({ kind: 'not-found' });
    if (step.state !== 'failed') return err({ kind: 'step-not-failed' });
    const now = deps.now();
    const reopened = await reopen(tx, { run, steps, now });
    if (!reopened.ok) return reopened;
    for (const each of revivedWith(step, steps)) await tx.syncSteps.save(revivedStep(each, now));
    const { administrationId, kind } = step;
    await tx.syncRuns.addEvent({
      runId: run.id,
      administrationId,
      at: now,
      key: 'part-retried',
      params: { kind },
    });
    await tx.outbox.add({ kind: 'run-step', runId: run.id, stepId: step.id });
    return reopened;
  });
}

function revivedWith(step: SyncStep, steps: readonly SyncStep[]): SyncStep[] {
  const skipped = steps.filter(
    (each) => each.administrationId === step.administrationId && each.state === 'skipped',
  );
  return [step, ...skipped];
}

async function reopen(
  tx: AdvanceRunTx,
  { run, steps, now }: { run: SyncRun; steps: readonly SyncStep[]; now: Date },
): Promise<Result<SyncRun, RetryStepError>> {
  if (run.state === 'fetching' || run.state === 'aside') return ok(run);
  const reopened: SyncRun = { ...run, state: 'fetching', endedAt: null, failure: null };
  const other = isOpen(run) ? undefined : await findInTheWay(tx, run.kind);
  if (other || (await tx.syncRuns.save(reopened)) === 'other-open')
    return err({ kind: 'sync-already-running', syncRunId: other?.id ?? run.id });
  const compare = steps.find((each) => each.kind === 'compare');
  if (compare && hasEnded(compare)) await tx.syncSteps.save(revivedStep(compare, now));
  return ok(reopened);
}
