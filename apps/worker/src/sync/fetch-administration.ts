import { ok, type SyncRunId, type SyncStepId, type TenantId } from '@koppel/domain/kernel';
import { dataKinds, leaseMs, runStep, type StepOutcome } from '@koppel/domain/sync';
import { done, type Handled, type Services } from '../services.js';
import { orHandBack } from './hand-back.js';
import { keepLease } from './keep-lease.js';

interface FetchJob {
  readonly tenantId: TenantId;
  readonly runId: SyncRunId;
  readonly stepId: SyncStepId;
}

/** Runs a step and then the administration's next ones, one after another, until the time slice is over or one has to wait. */
export async function fetchAdministration(services: Services, job: FetchJob): Promise<Handled> {
  const { deps, config, stopping } = services;
  const endsAt = deps.now().getTime() + config.timings.sliceMs;
  const shouldYield = () => stopping.aborted || deps.now().getTime() > endsAt;
  let { stepId } = job;
  for (let count = 0; count < dataKinds.length; count += 1) {
    const outcome = await runOne(services, { ...job, stepId }, shouldYield);
    if (outcome.kind === 'waiting') return { kind: 'later', at: outcome.dueAt };
    if (outcome.kind === 'lease-lost') services.survivedFaults.countFenced('fetch');
    const goesOn = outcome.kind === 'ended' || outcome.kind === 'ended-before';
    if (!goesOn || outcome.nextStepId === null) return done;
    stepId = outcome.nextStepId;
    if (shouldYield()) break;
  }
  await deps.uow.run(job.tenantId, async (tx) =>
    ok(await tx.outbox.add({ kind: 'run-step', runId: job.runId, stepId })),
  );
  return done;
}

function runOne(services: Services, job: FetchJob, shouldYield: () => boolean): Promise<StepOutcome> {
  const { deps, config, relationSource } = services;
  const owner = `${config.instanceId}:${deps.newId()}`;
  const { tenantId } = job;
  let epoch: number | null = null;
  const onClaimed = (claimed: number) => (epoch = claimed);
  const work = () =>
    keepLease(services, { tenantId, owner }, (hold) => {
      hold(job.stepId, leaseMs);
      const { pagesMax } = config.timings;
      return runStep(
        { ...deps, source: relationSource },
        { ...job, owner, pagesMax, shouldYield, onClaimed },
      );
    });
  return orHandBack(services, () => ({ ...job, owner, epoch }), work);
}
