import { Inject } from '@nestjs/common';
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import type { Log } from '../log.js';
import {
  compareOptions,
  compareQueue,
  fetchQueue,
  recompareQueue,
  refetchQueue,
  upkeepQueue,
  workerOptions,
  writeQueue,
} from '../queues.js';
import type { RunJob } from '../run-job.js';
import { LOG, RUN_JOB } from '../tokens.js';

/** What takes the jobs of one queue. */
abstract class QueueProcessor extends WorkerHost {
  constructor(
    @Inject(RUN_JOB) private readonly runJob: RunJob,
    @Inject(LOG) private readonly log: Log,
  ) {
    super();
  }

  process(job: Job, token?: string): Promise<void> {
    return this.runJob(job, token);
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.log.warn({ queue: this.worker.name, err: error }, 'queue error');
  }
}

@Processor(fetchQueue, workerOptions)
export class FetchProcessor extends QueueProcessor {}

@Processor(compareQueue, compareOptions)
export class CompareProcessor extends QueueProcessor {}

@Processor(refetchQueue, workerOptions)
export class RefetchProcessor extends QueueProcessor {}

@Processor(recompareQueue, compareOptions)
export class RecompareProcessor extends QueueProcessor {}

@Processor(writeQueue, workerOptions)
export class WriteProcessor extends QueueProcessor {}

@Processor(upkeepQueue, workerOptions)
export class UpkeepProcessor extends QueueProcessor {}

export const processors = [
  FetchProcessor,
  CompareProcessor,
  RefetchProcessor,
  RecompareProcessor,
  WriteProcessor,
  UpkeepProcessor,
];
