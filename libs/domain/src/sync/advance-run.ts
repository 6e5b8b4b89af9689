import { asId, invariant, type AdministrationId, type OutboxTx, type SyncStepId } from '../kernel/index.js';
import type { AdministrationsTx } from '../administrations/index.js';
import { addComparisons } from '../relations/index.js';
import { giveUpPlace, standAside, stoodAside } from './stand-aside.js';
import type { CursorsTx } from './cursors.port.js';
import { skipStep } from './skip-step.js';
import type { SyncPolicyTx } from './sync-policy.port.js';
import { hasEnded, missedAccounts, type SyncStep } from './sync-step.js';
import type { Comparison, RunState, RunStatistics, SyncRun } from './sync-run.js';
import type { SyncRunsTx } from './sync-runs.port.js';
import type { SyncStepsTx } from './sync-steps.port.js';

export type AdvanceRunTx = SyncRunsTx & SyncStepsTx & CursorsTx & AdministrationsTx & SyncPolicyTx & OutboxTx;

/**
 * After a step has ended and was saved: names the administration's next step, and when it was the run's last one starts comparing.
 * The caller holds the run's lock when the step was the administration's last: of two that finish together the second sees the first
 * as finished.
 */
export async function advanceRun(
  tx: AdvanceRunTx,
  run: SyncRun,
  ended: SyncStep,
): Promise<SyncStepId | null> {
  const now = ended.endedAt;
  const { administrationId } = ended;
  invariant(
    now !== null && administrationId !== null && hasEnded(ended),
    'only an ended fetch step advances its run',
  );
  const own = await tx.syncSteps.findOfAdministration(run.id, administrationId);
  const next = own.find((step) => !hasEnded(step));
  if (next) return next.id;
  const records = own.reduce((sum, step) => sum + step.records, 0);
  await tx.syncRuns.addEvent({
    runId: run.id,
    administrationId,
    at: now,
    key: 'administration-fetched',
    params: { records },
  });
  if ((await tx.syncSteps.countOpen(run.id)) === 0 || (await standAside(tx, run, now)))
    await endFetching(tx, run, now);
  else await giveUpPlace(tx, run, now);
  return null;
}

/** Goes on to comparing, or ends the run when nothing was fetched that could be compared. */
export async function endFetching(tx: AdvanceRunTx, run: SyncRun, now: Date): Promise<void> {
  const steps = await tx.syncSteps.findMany(run.id);
  const isAnythingFetched = steps.some(
    (step) => step.kind === 'accounts' && (step.state === 'done' || step.failure?.kind === missedAccounts),
  );
  if (!isAnythingFetched) {
    const failure = { kind: 'nothing-fetched', message: 'no administration could be read' };
    // What only waits has not failed: its issue tells until when.
    const isWaiting = steps.some((step) => step.failure?.kind === stoodAside);
    const compare = steps.find(({ kind }) => kind === 'compare');
    if (compare && !hasEnded(compare)) await skipStep(tx, compare, { now });
    await endRun(tx, { run: { ...run, failure }, state: isWaiting ? 'cancelled' : 'failed', now });
    return;
  }
  await tx.syncRuns.save({ ...run, state: 'comparing' });
  await tx.syncRuns.addEvent({
    runId: run.id,
    administrationId: null,
    at: now,
    key: 'comparing',
    params: {},
  });
  await tx.outbox.add({ kind: 'compare-run', runId: run.id });
}

/**
 * Closes the run under its lock, sums up what fetching and comparing came to however it ended, and plans the next resync of its
 * administrations. A run that a webhook started fetched some kinds only: the schedule, which fetches all and is the safety net, stays where
 * it was.
 */
export async function endRun(
  tx: AdvanceRunTx,
  end: {
    readonly run: SyncRun;
    readonly state: Extract<RunState, 'completed' | 'failed' | 'cancelled'>;
    readonly now: Date;
  },
): Promise<SyncRun> {
  const { run, state, now } = end;
  const steps = await tx.syncSteps.findMany(run.id);
  // A run that was opened again for a part that had failed has compared before.
  const comparison = addComparisons(run.statistics, await tx.syncRuns.takeComparison(run.id));
  const statistics = { ...comparison, ...fetchedBy(steps) };
  const ended: SyncRun = { ...run, statistics, state, endedAt: now, pausedAt: null };
  await tx.syncRuns.save(ended);
  await tx.syncRuns.addEvent({ runId: run.id, administrationId: null, at: now, key: state, params: {} });
  const { resyncMinutes } = await tx.syncPolicy.read();
  const nextSyncAt = new Date(now.getTime() + resyncMinutes * 60_000);
  for (const id of new Set(steps.flatMap((step) => step.administrationId ?? []))) {
    const isRead = steps.some(
      (step) => step.administrationId === id && step.kind === 'accounts' && step.state === 'done',
    );
    await plan(tx, id, {
      now,
      nextSyncAt: run.trigger === 'webhook' ? null : nextSyncAt,
      isSynced: isRead && state === 'completed',
    });
  }
  return ended;
}

function fetchedBy(steps: readonly SyncStep[]): Omit<RunStatistics, keyof Comparison> {
  const accounts = steps.filter((step) => step.kind === 'accounts');
  const sum = (of: readonly SyncStep[], pick: (step: SyncStep) => number) =>
    of.reduce((all, step) => all + pick(step), 0);
  return {
    fetched: sum(accounts, (step) => step.records),
    rejected: sum(accounts, (step) => step.rejected),
    calls: sum(steps, (step) => step.calls),
  };
}

async function plan(
  tx: AdministrationsTx,
  id: AdministrationId,
  at: { readonly now: Date; readonly nextSyncAt: Date | null; readonly isSynced: boolean },
): Promise<void> {
  const administration = await tx.administrations.findByIdForUpdate(asId<AdministrationId>(id));
  if (!administration) return;
  await tx.administrations.save({
    ...administration,
    lastSyncedAt: at.isSynced ? at.now : administration.lastSyncedAt,
    nextSyncAt: (administration.state === 'active' && at.nextSyncAt) || administration.nextSyncAt,
  });
}
