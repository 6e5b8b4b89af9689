import { err, ok, type Result, type SyncRunId, type SyncStepId, type TenantId } from '../kernel/index.js';
import type { Administration } from '../administrations/index.js';
import { advanceRun } from './advance-run.js';
import { ownCompaniesOf, type IsOwnCompany } from './own-companies.js';
import type { RunStepDeps, RunStepTx } from './run-step.js';
import { failed } from './settle-fault.js';
import { readAgain, skipStep } from './skip-step.js';
import { claimedStep, crashesMax, hasEnded, releasedStep, type SyncStep } from './sync-step.js';
import type { SyncRun } from './sync-run.js';

/** A lease this long is renewed while its owner lives, and over when it does not (F01: taken over within 15 s). */
export const leaseMs = 8_000;

export interface ClaimedStep {
  readonly run: SyncRun;
  readonly step: SyncStep;
  readonly administration: Administration;
  readonly isOwnCompany: IsOwnCompany;
  /** No page was stored since the claim. */
  readonly isFresh: boolean;
  /** No later step of the administration waits for this one: its end may be the end of fetching. */
  readonly isLast: boolean;
  /** Cause keys of rejected records that may be over; looked up with the first page that has rows. */
  readonly openKeys: ReadonlySet<string> | null;
}

/** While another run holds the place that this one gave up, it is looked again this often. */
const placeTakenMs = 10_000;

/** Why there is nothing to fetch now; an expected answer, since messages may come twice, early or late. */
export type NotClaimed =
  | { readonly kind: 'nothing-to-do' }
  /** Somebody else has it, or an earlier step of the administration has not ended. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'waiting'; readonly dueAt: Date }
  | { readonly kind: 'ended'; readonly nextStepId: SyncStepId | null }
  /** By another message; the given one is the administration's next. */
  | { readonly kind: 'ended-before'; readonly nextStepId: SyncStepId };

/** Takes the lease of a step when it is its turn. The fence is the raised epoch (J02). */
export async function claimStep(
  deps: RunStepDeps,
  command: { tenantId: TenantId; runId: SyncRunId; stepId: SyncStepId; owner: string },
): Promise<Result<ClaimedStep, NotClaimed>> {
  // An ended step must be committed, so the answer of a refused claim travels as a value.
  type Outcome = Result<ClaimedStep, NotClaimed>;
  const outcome = await deps.uow.run<Outcome, NotClaimed>(command.tenantId, async (tx) =>
    ok(await tryClaim(tx, deps, command)),
  );
  return outcome.ok ? outcome.value : outcome;
}

async function tryClaim(
  tx: RunStepTx,
  deps: RunStepDeps,
  command: { runId: SyncRunId; stepId: SyncStepId; owner: string },
): Promise<Result<ClaimedStep, NotClaimed>> {
  const now = deps.now();
  const found = await tx.syncRuns.findByIdForUpdate(command.runId);
  const step = await tx.syncSteps.findByIdForUpdate(command.stepId);
  const ofAdministration = await openSteps(tx, command.runId, step);
  const refusal = refusalOf({ run: found, step, ofAdministration, now });
  if (refusal || !found || !step?.administrationId) return err(refusal ?? { kind: 'nothing-to-do' });
  const run: SyncRun = { ...found, state: 'fetching' };
  if (found.state === 'aside' && (await tx.syncRuns.save(run)) === 'other-open') {
    const dueAt = new Date(now.getTime() + placeTakenMs);
    await tx.syncSteps.save(releasedStep(step, { reason: step.waitReason, dueAt }));
    return err({ kind: 'waiting', dueAt });
  }
  const administration = await tx.administrations.findById(step.administrationId);
  if (!administration || administration.state === 'removed' || administration.state === 'paused')
    return err({ kind: 'ended', nextStepId: await advanceRun(tx, run, await skipStep(tx, step, { now })) });
  const claimed = claimedStep(step, command.owner, now);
  if (claimed.crashCount >= crashesMax) {
    const reason = `its worker stopped ${claimed.crashCount} times without progress`;
    const given = failed(claimed, { administration, now, chance: 0 }, { cause: 'fetch-failed', reason });
    await readAgain(tx, given.step);
    const nextStepId = await end(tx, run, given.step);
    await tx.issues.report(given.troubles, now);
    return err({ kind: 'ended', nextStepId });
  }
  await tx.syncSteps.save(claimed);
  await tx.syncSteps.takeLease(step.id, command.owner, leaseMs);
  if (step.state === 'running') await tellResumed(tx, claimed, now);
  const isOwnCompany =
    step.kind === 'accounts' ? ownCompaniesOf(await tx.administrations.findMany()) : () => false;
  const isLast = !ofAdministration.some((other) => other.position > step.position);
  return ok({ run, step: claimed, administration, isOwnCompany, isFresh: true, isLast, openKeys: null });
}

async function openSteps(
  tx: RunStepTx,
  runId: SyncRunId,
  step: SyncStep | undefined,
): Promise<readonly SyncStep[]> {
  if (!step?.administrationId) return [];
  const steps = await tx.syncSteps.findOfAdministration(runId, step.administrationId);
  return steps.filter((other) => !hasEnded(other));
}

function refusalOf(at: {
  run: SyncRun | undefined;
  step: SyncStep | undefined;
  ofAdministration: readonly SyncStep[];
  now: Date;
}): NotClaimed | undefined {
  const { run, step, ofAdministration, now } = at;
  if (!run || !isFetching(run) || run.pausedAt) return { kind: 'nothing-to-do' };
  if (!step) return { kind: 'nothing-to-do' };
  if (hasEnded(step)) return afterEnded(ofAdministration);
  if (step.isLeaseLive) return { kind: 'busy' };
  if (step.state === 'waiting' && step.dueAt > now) return { kind: 'waiting', dueAt: step.dueAt };
  if (!step.administrationId) return { kind: 'nothing-to-do' };
  const isEarlierOpen = ofAdministration.some((other) => other.position < step.position);
  return isEarlierOpen ? { kind: 'busy' } : undefined;
}

function isFetching({ state }: SyncRun): boolean {
  return state === 'fetching' || state === 'aside';
}

/** A message that waited names the step that it began with: another of the administration may be the one that waits by now. */
function afterEnded(ofAdministration: readonly SyncStep[]): NotClaimed {
  const [next] = ofAdministration.toSorted((one, other) => one.position - other.position);
  return next ? { kind: 'ended-before', nextStepId: next.id } : { kind: 'nothing-to-do' };
}

async function end(tx: RunStepTx, run: SyncRun, step: SyncStep): Promise<SyncStepId | null> {
  await tx.syncSteps.save(step);
  return advanceRun(tx, run, step);
}

async function tellResumed(tx: RunStepTx, step: SyncStep, now: Date): Promise<void> {
  const { runId, administrationId, kind, records } = step;
  await tx.syncRuns.addEvent({ runId, administrationId, at: now, key: 'resumed', params: { kind, records } });
}
