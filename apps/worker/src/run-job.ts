import { DelayedError, UnrecoverableError, type Job, type Queue } from 'bullmq';
import { classifyFailure } from './classify-failure.js';
import { handleMessage } from './handle-message.js';
import { jobSchema, recompareQueue, refetchQueue } from './queues.js';
import { restOf } from './rest-upkeep.js';
import type { Handled, Services } from './services.js';
import { tick } from './sync/tick.js';

/** What a processor does with a job: decode, handle, and delay or give up as its outcome says. */
export type RunJob = (job: Job, token: string | undefined) => Promise<void>;

/** Delays this job only, never the queue: other administrations go on. A delay is no attempt. */
export function createRunJob(services: Services, upkeep: Queue): RunJob {
  return async (job, token) => {
    const handled = isOfResync(job)
      ? await services.precedence.duringResync(() => handle(services, upkeep, job))
      : await handle(services, upkeep, job);
    if (handled.kind === 'done') return;
    await job.moveToDelayed(handled.at.getTime(), token);
    throw new DelayedError();
  };
}

function isOfResync({ queueName }: Job): boolean {
  return queueName === refetchQueue || queueName === recompareQueue;
}

/** How long a job that this program cannot read waits for one that can: a release is rolled out within a day. */
const unreadableMaxMs = 24 * 3_600_000;
const unreadableAgainMs = 30_000;

async function handle(services: Services, upkeep: Queue, job: Job): Promise<Handled> {
  const { log, deps } = services;
  try {
    const decoded = jobSchema.safeParse(job.data);
    if (!decoded.success) return unreadable(services, job, decoded.error);
    const { data } = decoded;
    const rest = await restOf(services, upkeep, { job, data });
    if (rest) return rest;
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

/** Made by a newer program, most likely: it is left to that (F94). */
function unreadable({ log, deps }: Services, job: Job, error: Error): Handled {
  const isTooOld = deps.now().getTime() - job.timestamp > unreadableMaxMs;
  log.warn({ job: job.id, name: job.name, isTooOld }, 'job of an unknown kind');
  if (isTooOld) throw error;
  return { kind: 'later', at: new Date(deps.now().getTime() + unreadableAgainMs) };
}
