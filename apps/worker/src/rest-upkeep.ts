import type { Job, Queue } from 'bullmq';
import type { JobData } from './queues.js';
import { done, type Handled, type Services } from './services.js';

/** Starts of one job that its worker did not live to end, before it is left alone for a while (F04). */
const stopsMax = 3;
const restMs = 3_600_000;
/** Of the jobs that wait; those that rest are few. */
const looksMax = 1_000;

/** How often the worker of a job was gone before its end, by the queue's count; its progress is that count when it was last left alone. */
type Stops = Pick<Job, 'stalledCounter' | 'progress'>;

/**
 * Upkeep has no row in Postgres that counts its starts. Of a job that stops each worker that takes it there are three; from then on it is tried once
 * an hour, until it comes to its end. A schedule makes new jobs all the time: none of these runs while one of the same schedule is left alone.
 * Answers what becomes of the job instead of its work, if anything.
 */
export async function restOf(
  { deps, log, survivedFaults }: Pick<Services, 'deps' | 'log' | 'survivedFaults'>,
  upkeep: Pick<Queue, 'name' | 'getDelayed'>,
  { job, data }: { readonly job: Job; readonly data: JobData },
): Promise<Handled | undefined> {
  if (job.queueName !== upkeep.name) return undefined;
  const { id, name, stalledCounter: stops } = job;
  if (stops >= stopsMax && job.progress !== stops) {
    await job.updateProgress(stops);
    log.error({ job: id, name, stops }, 'upkeep that stops its workers is left alone for an hour');
    survivedFaults.countRest();
    return { kind: 'later', at: new Date(deps.now().getTime() + restMs) };
  }
  if (data.kind !== 'tick') return undefined;
  const delayed = await upkeep.getDelayed(0, looksMax - 1);
  return delayed.some((other) => other.name === name && other.id !== id && rests(other)) ? done : undefined;
}

function rests({ stalledCounter, progress }: Stops): boolean {
  return stalledCounter >= stopsMax && progress === stalledCounter;
}
