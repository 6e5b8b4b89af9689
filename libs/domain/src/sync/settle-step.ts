import { err, ok, type Result } from '../kernel/index.js';
import { advanceRun, endFetching } from './advance-run.js';
import type { ClaimedStep } from './claim-step.js';
import type { RunStepCommand, RunStepDeps, RunStepTx, StepOutcome } from './run-step.js';
import { settleFault, type SettledFault } from './settle-fault.js';
import type { SourceFault } from './source-fault.js';
import { giveUpPlace, standAside } from './stand-aside.js';
import { readAgain, skipStep } from './skip-step.js';
import { takeFence } from './store-page.js';
import type { SyncRun } from './sync-run.js';
import { hasEnded, releasedStep } from './sync-step.js';
import { verifyAccess } from './verify-access.js';

/** Faults that were known before Exact was asked. */
const unasked: ReadonlySet<SourceFault['kind']> = new Set(['limited', 'suspended', 'silent', 'reconnect']);

export interface Unfinished {
  readonly claimed: ClaimedStep;
  /** Null hands the step back without a fault. */
  readonly fault: SourceFault | null;
}

/** Records why the step stops here, and what follows: a wait, the next step, or its own continuation. */
export async function settleStep(
  deps: RunStepDeps,
  command: RunStepCommand,
  unfinished: Unfinished,
): Promise<StepOutcome> {
  const result = await deps.uow.run(command.tenantId, (tx) => settle(tx, deps, unfinished));
  if (!result.ok) return result.error;
  const { administration } = unfinished.claimed;
  // In a transaction of its own: a connection is locked before runs, steps and administrations.
  if (unfinished.fault?.kind === 'access-lost' && administration.state !== 'access-lost')
    await verifyAccess(deps, { tenantId: command.tenantId, connectionId: administration.connectionId });
  return result.value;
}

async function settle(
  tx: RunStepTx,
  deps: RunStepDeps,
  { claimed, fault }: Unfinished,
): Promise<Result<StepOutcome, { readonly kind: 'lease-lost' }>> {
  const held = await takeFence(tx, claimed, true);
  if (!held) return err({ kind: 'lease-lost' });
  const { run, step } = held;
  const now = deps.now();
  if (fault === null) {
    const pause = run.pausedAt === null ? null : 'paused';
    await tx.syncSteps.save(releasedStep(step, { reason: pause, dueAt: now }));
    if (pause) return ok({ kind: 'paused' });
    await tx.outbox.add({ kind: 'run-step', runId: run.id, stepId: step.id });
    return ok({ kind: 'released' });
  }
  const calls = unasked.has(fault.kind) ? 0 : 1;
  const called = { ...step, calls: step.calls + calls };
  const { administration } = claimed;
  const settled = settleFault(called, fault, { administration, now, chance: deps.random() });
  await record(tx, claimed, { settled, now });
  const outcome = await goOn(tx, { claimed, fault, settled, now, run });
  // After the administrations, as all lock them; the end of a run locks those of the run.
  if (settled.troubles.length > 0) await tx.issues.report(settled.troubles, now);
  return ok(outcome);
}

async function goOn(
  tx: RunStepTx,
  at: {
    readonly claimed: ClaimedStep;
    readonly run: SyncRun;
    readonly fault: SourceFault;
    readonly settled: SettledFault;
    readonly now: Date;
  },
): Promise<StepOutcome> {
  const { claimed, run, fault, settled, now } = at;
  if (!hasEnded(settled.step)) {
    if (!(await standAside(tx, run, now))) {
      await giveUpPlace(tx, run, now);
      return { kind: 'waiting', dueAt: settled.step.dueAt };
    }
    await endFetching(tx, run, now);
    return { kind: 'ended', nextStepId: null };
  }
  if (settled.accessLost !== null) await skipRest(tx, claimed, now);
  if (fault.kind !== 'right-missing') await readAgain(tx, settled.step);
  return { kind: 'ended', nextStepId: await advanceRun(tx, run, settled.step) };
}

async function record(
  tx: RunStepTx,
  { run, administration }: ClaimedStep,
  { settled, now }: { settled: SettledFault; now: Date },
): Promise<void> {
  await tx.syncSteps.save(settled.step);
  if (settled.event) {
    const administrationId = administration.id;
    await tx.syncRuns.addEvent({ runId: run.id, administrationId, at: now, ...settled.event });
  }
  if (settled.accessLost === null) return;
  // All of them, by id: the run may end with it.
  const all = await tx.administrations.findManyForUpdate();
  const locked = all.find(({ id }) => id === administration.id);
  if (locked)
    await tx.administrations.save({ ...locked, state: 'access-lost', stateReason: settled.accessLost });
}

/** The administration's other kinds would meet the same closed door, and each try counts against our key (E05). */
async function skipRest(tx: RunStepTx, { run, administration }: ClaimedStep, now: Date): Promise<void> {
  const rest = await tx.syncSteps.findOfAdministration(run.id, administration.id);
  for (const each of rest.filter((step) => !hasEnded(step))) await skipStep(tx, each, { now });
}
