import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { findForgottenWork, type Addressed, type Database } from '@koppel/persistence';
import type { Config } from './config.js';
import type { Chance } from './deps.js';
import type { Log } from './log.js';
import { Loop } from './loop.js';
import { jobOptions, queueOf, upkeepQueue, type JobData, type Queues, type Tick } from './queues.js';
import { CHANCE, CONFIG, DATABASE, LOG, QUEUES } from './tokens.js';

const foundMax = 200;

/**
 * Independent of the queue's own memory: what Postgres says is due without a live worker gets a job again, and schedules that are
 * missing or have another pace are made again (F01, F26, J04).
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop: Loop;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(QUEUES) private readonly queues: Queues,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CHANCE) private readonly chance: Chance,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.loop = new Loop({ name: 'sweeper', everyMs: config.timings.sweepEveryMs, log, work: () => this.sweep() });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.loop.stop();
  }

  async sweep(): Promise<void> {
    await this.repairSchedules();
    const { sweepGraceMs } = this.config.timings;
    const forgotten = await findForgottenWork(this.database, { limit: foundMax, graceMs: sweepGraceMs });
    if (forgotten.length > 0) this.log.info({ found: forgotten.length }, 'forgotten work gets a job again');
    for (const found of forgotten) await this.enqueue(found);
  }

  /** One job per round and piece of work, however many workers sweep. */
  private async enqueue({ tenantId, message }: Addressed): Promise<void> {
    const round = Math.floor(this.chance.now().getTime() / this.config.timings.sweepEveryMs);
    const subject = 'stepId' in message ? message.stepId : 'intentId' in message ? message.intentId : 'runId' in message ? message.runId : 'none';
    const data: JobData = { kind: 'message', tenantId, message };
    const jobId = `sweep-${message.kind}-${subject}-${round}`;
    await this.queues[queueOf[message.kind]].add(message.kind, data, { ...jobOptions, jobId });
  }

  private async repairSchedules(): Promise<void> {
    const { resyncEveryMs, dailyEveryMs } = this.config.timings;
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
      this.log.info({ tick, every, isNew: !known }, 'schedule made');
    }
    for (const surplus of schedulers.filter(({ key }) => !wanted.some(([tick]) => tick === key))) {
      await queue.removeJobScheduler(surplus.key);
      this.log.warn({ tick: surplus.key }, 'surplus schedule removed');
    }
  }
}
