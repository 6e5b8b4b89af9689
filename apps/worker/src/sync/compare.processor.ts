import { Inject } from '@nestjs/common';
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import type { Log } from '../log.js';
import { compareQueue, compareOptions } from '../queues.js';
import type { RunJob } from '../run-job.js';
import { LOG, RUN_JOB } from '../tokens.js';

@Processor(compareQueue, compareOptions)
export class CompareProcessor extends WorkerHost {
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
    this.log.warn({ queue: compareQueue, err: error }, 'queue error');
  }
}
