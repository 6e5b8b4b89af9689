import { ok, type Deps, type SyncRunId, type SyncStepId, type TenantId } from '../kernel/index.js';
import { releasedStep, type SyncStep } from './sync-step.js';
import type { SyncStepsTx } from './sync-steps.port.js';

export interface HandBackCommand {
  readonly tenantId: TenantId;
  readonly runId: SyncRunId;
  /** Null for the run's own step, which compares. */
  readonly stepId: SyncStepId | null;
  readonly owner: string;
  /** Of the claim; null when it is not known whether the claim was stored. */
  readonly epoch: number | null;
}

/**
 * Gives back what a living worker could not go on with for an outage, as it was before the claim: its claim is no crash, which only a
 * worker that died leaves behind (F04, F20, F25). Where another one took it for dead meanwhile, that crash is not counted after all.
 */
export async function handBackStep(
  deps: Pick<Deps<SyncStepsTx>, 'uow'>,
  command: HandBackCommand,
): Promise<void> {
  await deps.uow.run(command.tenantId, async (tx) => {
    const id = command.stepId ?? (await compareStepIdOf(tx, command.runId));
    const step = id && (await tx.syncSteps.findByIdForUpdate(id));
    const given = step && step.state === 'running' && handedBack(step, command);
    if (given) await tx.syncSteps.save(given);
    return ok(undefined);
  });
}

function handedBack(step: SyncStep, { owner, epoch }: HandBackCommand): SyncStep | undefined {
  const reason = step.waitReason === 'paused' ? 'paused' : null;
  if (step.leaseOwner === owner) return releasedStep(step, { reason, dueAt: step.dueAt });
  const isTakenOver = epoch !== null && step.epoch > epoch && step.crashCount > 0;
  return isTakenOver ? { ...step, crashCount: step.crashCount - 1 } : undefined;
}

async function compareStepIdOf(tx: SyncStepsTx, runId: SyncRunId): Promise<SyncStepId | undefined> {
  return (await tx.syncSteps.findMany(runId)).find((step) => step.kind === 'compare')?.id;
}
