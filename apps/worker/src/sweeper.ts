import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Message } from '@koppel/domain/kernel';
import {
  findForgottenListings,
  findForgottenNotices,
  findForgottenWork,
  type ForgottenWork,
} from '@koppel/persistence';
import { tellForgottenReconnects } from './exact/tell-reconnect.js';
import { Loop } from './loop.js';
import { jobOptions, queueOf, upkeepQueue, type JobData, type Queues, type Tick } from './queues.js';
import type { Services } from './services.js';
import { QUEUES, SERVICES } from './tokens.js';

const foundMax = 200;
/** A list of hundreds of administrations takes its time. */
const listingGraces = 4;

/**
 * Independent of the queue's own memory: what Postgres says is due without a live worker gets a job again, and schedules that are
 * missing or have another pace are made again (F01, F26, J04). What only people can mend and nobody was told of, they are told (F42, F45).
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop: Loop;
  private readonly seen = new Set<Tick>();

  constructor(
    @Inject(SERVICES)
    private readonly services: Pick<Services, 'database' | 'deps' | 'config' | 'log' | 'survivedFaults'>,
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
    const { database, deps } = this.services;
    await tellForgottenReconnects(database, deps);
    await this.repairSchedules();
    const { sweepGraceMs } = this.services.config.timings;
    const bounds = { limit: foundMax, graceMs: sweepGraceMs };
    const forgotten = await findForgottenWork(database, bounds);
    const longer = { limit: foundMax, graceMs: listingGraces * sweepGraceMs };
    forgotten.push(...(await findForgottenListings(database, longer)));
    for (const tenantId of await findForgottenNotices(database, bounds))
      forgotten.push({ tenantId, message: { kind: 'fetch-noticed' }, isOfResync: false, claims: 0 });
    if (forgotten.length > 0)
      this.services.log.debug({ found: forgotten.length }, 'due work without a worker');
    for (const found of forgotten) await this.enqueue(found);
  }

  /** One job at most per claim of a piece of work, however many workers sweep and however long it waits for its turn. */
  private async enqueue(work: ForgottenWork): Promise<void> {
    const { tenantId, message, claims } = work;
    const data: JobData = { kind: 'message', tenantId, message };
    const jobId = `sweep-${message.kind}-${subjectOf(message) ?? tenantId}-${claims}`;
    // Gone when it has ended, so that the id is free for the next time.
    const gone = { attempts: 1, removeOnComplete: true, removeOnFail: true, jobId };
    await this.queues[queueOf(work)].add(message.kind, data, gone);
  }

  private async repairSchedules(): Promise<void> {
    const { resyncEveryMs, dailyEveryMs } = this.services.config.timings;
    const wanted: readonly (readonly [Tick, number])[] = [
      ['resync', resyncEveryMs],
      ['daily', dailyEveryMs],
    ];
    const queue = this.queues[upkeepQueue];
    const schedulers = await queue.getJobSchedulers(0, 100);
    const isThere = (tick: Tick) => schedulers.some(({ key }) => key === tick);
    // Nobody takes away one that is wanted: the queue lost everything, and what was due comes back by the rest of the sweep (F26).
    if ([...this.seen].some((tick) => !isThere(tick))) this.services.survivedFaults.countRebuild();
    for (const [tick, every] of wanted) {
      this.seen.add(tick);
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

function subjectOf(message: Message): string | undefined {
  if ('stepId' in message) return message.stepId;
  if ('intentId' in message) return message.intentId;
  if ('connectionId' in message) return message.connectionId;
  return 'runId' in message ? message.runId : undefined;
}
