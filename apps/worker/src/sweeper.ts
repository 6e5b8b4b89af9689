import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { findForgottenWork, type Addressed } from '@koppel/persistence';
import { Loop } from './loop.js';
import { jobOptions, queueOf, upkeepQueue, type JobData, type Queues, type Tick } from './queues.js';
import type { Services } from './services.js';
import { QUEUES, SERVICES } from './tokens.js';

const foundMax = 200;

/**
 * Independent of the queue's own memory: what Postgres says is due without a live worker gets a job again, and schedules that are
 * missing or have another pace are made again (F01, F26, J04).
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop: Loop;

  constructor(
    @Inject(SERVICES) private readonly services: Pick<Services, 'database' | 'config' | 'log' | 'deps'>,
    @Inject(QUEUES) private readonly queues: Queues,
  ) {
    const { config, log } = services;
    const everyMs = config.timings.sweepEveryMs;
    this.loop = new Loop({ name: 'sweeper', everyMs, log, work: () => this.sweep() });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.loop.stop();
  }

  async sweep(): Promise<void> {
    await this.repairSchedules();
    const { sweepGraceMs } = this.services.config.timings;
    const forgotten = await findForgottenWork(this.services.database, {
      limit: foundMax,
      graceMs: sweepGraceMs,
    });
    if (forgotten.length > 0)
      this.services.log.info({ found: forgotten.length }, 'forgotten work gets a job again');
    for (const found of forgotten) await this.enqueue(found);
  }

  /** One job per round and piece of work, however many workers sweep. */
  private async enqueue({ tenantId, message }: Addressed): Promise<void> {
    const round = Math.floor(this.services.deps.now().getTime() / this.services.config.timings.sweepEveryMs);
    const subject =
      'stepId' in message
        ? message.stepId
        : 'intentId' in message
          ? message.intentId
          : 'runId' in message
            ? message.runId
            : 'none';
    const data: JobData = { kind: 'message', tenantId, message };
    const jobId = `sweep-${message.kind}-${subject}-${round}`;
    await this.queues[queueOf[message.kind]].add(message.kind, data, { ...jobOptions, jobId });
  }

  private async repairSchedules(): Promise<void> {
    const { resyncEveryMs, dailyEveryMs } = this.services.config.timings;
    const wanted: readonly (readonly [Tick, number])[] = [
      ['resync', resyncEveryMs],
      ['daily', dailyEveryMs],
    ];
    const queue = this.queues[upkeepQueue];
    const schedulers = await queue.getJobSchedulers(0, 100);
    for (const [tick, every] of wanted) {
      const known = schedulers.find((scheduler) => scheduler.key === tick);
      if (known && Number(known.every) === every) continue;
      const data: JobData = { kind: 'tick', tick };
      await queue.upsertJobScheduler(tick, { every }, { name: tick, data, opts: jobOptions });
      this.services.log.info({ tick, every, isNew: !known }, 'schedule made');
    }
    for (const surplus of schedulers.filter(({ key }) => !wanted.some(([tick]) => tick === key))) {
      await queue.removeJobScheduler(surplus.key);
      this.services.log.warn({ tick: surplus.key }, 'surplus schedule removed');
    }
  }
}
