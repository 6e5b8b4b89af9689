import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { CompareAccounts } from '@koppel/domain/relations';
import { connect, DatabaseClock, untilReached } from '@koppel/persistence';
import type { Config } from './config.js';
import { createServices } from './create-services.js';
import type { Chance } from './deps.js';
import type { Log } from './log.js';
import { ExactCalls } from './metrics/exact-calls.js';
import { serveMetrics } from './metrics/serve-metrics.js';
import { WorkerMetrics } from './metrics/worker-metrics.js';
import { openQueueConnection, type Queues } from './queues.js';
import { FetchProcessor, RefetchProcessor, UpkeepProcessor, WriteProcessor } from './sync/processors.js';
import { QUEUES } from './tokens.js';
import { WorkerModule } from './worker.module.js';

const statementTimeoutMs = 120_000;
/** Less than a lease: a silent database is found out before others take over what is held. */
const answersWithinMs = 5_000;
/**
 * Beside one connection per fetch: the relay, the sweeper, tokens and writes, which wait for a turn when all are busy.
 * Each connection's process touches all of the database's shared memory in the end, so that many are not only idle.
 */
const connectionsBeside = 2;
/** Leases and budgets have short statements, and may wait for nothing (F23). */
const reservedConnections = 2;

export interface RunningWorker {
  /** Where its metrics are served; undefined when they are not asked for. */
  readonly metricsUrl: string | undefined;
  /** Stops taking jobs at once, lets steps hand themselves back, and resolves when all is closed. */
  stop(): Promise<void>;
}

/** Starts everything that a worker process does. */
export async function startWorker(
  config: Config,
  parts: { chance: Chance; log: Log; compareAccounts?: CompareAccounts },
): Promise<RunningWorker> {
  const { fetchConcurrency, refetchConcurrency, writeConcurrency, upkeepConcurrency } = config.timings;
  const max = fetchConcurrency + refetchConcurrency + connectionsBeside;
  const open = (most: number) =>
    connect(config.databaseUrl.reveal(), { max: most, statementTimeoutMs, answersWithinMs });
  const [database, reserved] = [open(max), open(reservedConnections)];
  const connection = await untilReached(() => openQueueConnection(config), parts);
  const clock = new DatabaseClock(reserved, parts.chance);
  const stopClock = await clock.start((error) => parts.log.warn({ err: error }, 'database told no time'));
  const chance = { ...parts.chance, now: clock.now };
  const stop = new AbortController();
  const exactCalls = new ExactCalls();
  const services = createServices({
    config,
    database,
    reserved,
    ...parts,
    chance,
    exactCalls,
    stopping: stop.signal,
  });
  const app = await NestFactory.createApplicationContext(WorkerModule.of(services, connection), {
    logger: false,
  });
  app.get(FetchProcessor).worker.concurrency = fetchConcurrency;
  app.get(RefetchProcessor).worker.concurrency = refetchConcurrency;
  app.get(WriteProcessor).worker.concurrency = writeConcurrency;
  app.get(UpkeepProcessor).worker.concurrency = upkeepConcurrency;
  const queues = app.get<Queues>(QUEUES);
  const metrics = new WorkerMetrics(database, queues, {
    calls: exactCalls,
    deliveries: services.deliveryResults,
    survived: services.survivedFaults,
  });
  const served =
    config.metrics && (await serveMetrics(config.metrics, { read: () => metrics.read(), log: parts.log }));
  return {
    metricsUrl: served?.url,
    stop: async () => {
      stop.abort();
      stopClock();
      await served?.close();
      await app.close();
      for (const queue of Object.values(queues)) await queue.close();
      await connection.close();
      await reserved.close();
      await database.close();
    },
  };
}
