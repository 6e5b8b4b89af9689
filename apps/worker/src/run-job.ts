import { DelayedError, UnrecoverableError, type Job } from 'bullmq';
import { classifyFailure } from './classify-failure.js';
import { handleMessage } from './handle-message.js';
import { jobSchema } from './queues.js';
import type { Handled, Services } from './services.js';
import { tick } from './sync/tick.js';

/** What a processor does with a job: decode, handle, and delay or give up as its outcome says. */
export type RunJob = (job: Job, token: string | undefined) => Promise<void>;

/** Delays this job only, never the queue: other administrations go on. A delay is no attempt. */
export function createRunJob(services: Services): RunJob {
  return async (job, token) => {
    const handled = await handle(services, job);
    if (handled.kind === 'done') return;
    await job.moveToDelayed(handled.at.getTime(), token);
    throw new DelayedError();
  };
}

async function handle(services: Services, job: Job): Promise<Handled> {
  const { log, deps } = services;
  try {
    const data = jobSchema.parse(job.data);
    if (data.kind === 'tick') return await tick(services, data.tick);
    return await handleMessage(services, data.tenantId, data.message);
  } catch (error) {
    const verdict = classifyFailure(error);
    log.error({ job: job.id, name: job.name, verdict: verdict.kind, err: error }, 'job failed');
    if (verdict.kind === 'later')
      return { kind: 'later', at: new Date(deps.now().getTime() + verdict.afterMs) };
    throw new UnrecoverableError(error instanceof Error ? error.name : 'unknown');
  }
}
