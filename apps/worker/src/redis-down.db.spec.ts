import { once } from 'node:events';
import { freePort } from '@koppel/embedded';
import { inTenant } from '@koppel/persistence';
import { noRedis, startRedis, type RunningRedis } from '@koppel/testing';
import { Queue } from 'bullmq';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemChance } from './deps.js';
import { createLog } from './log.js';
import { openQueueConnection, upkeepQueue } from './queues.js';
import { startWorker, type RunningWorker } from './start-worker.js';
import { aFetchingTenant, type FetchingTenant } from './testing/a-fetching-tenant.js';
import { aConfig, aWorkerRig, type WorkerRig } from './testing/a-worker-rig.js';

const patient = { timeout: 60_000, interval: 50 };

describe.skipIf(noRedis)('a Redis that is away', () => {
  let rig: WorkerRig;
  let redis: RunningRedis;
  let port: number;
  let worker: RunningWorker;
  let tenant: FetchingTenant;
  const config = () =>
    aConfig({
      databaseUrl: rig.databaseUrl,
      exactUrl: rig.sandbox.url,
      redisUrl: `redis://127.0.0.1:${port}`,
      timings: { relayEveryMs: 20, sweepEveryMs: 200, sweepGraceMs: 200, resyncEveryMs: 60_000 },
    });
  beforeAll(async () => {
    rig = await aWorkerRig({ sandbox: { clock: 'real', world: { seed: 5, divisions: 2, relations: 30 } } });
    // Before the worker, which would take the list of administrations from the one who makes the tenant.
    tenant = await aFetchingTenant(rig);
    port = await freePort();
    redis = await startRedis(port);
    worker = await startWorker(config(), { chance: systemChance, log: createLog(config()) });
  });
  afterAll(async () => {
    await worker.stop();
    await redis.stop();
    await rig.close();
  });

  it('is refused by who adds jobs, keeps what is to do in the outbox, and gets it all when it is back (F27)', async () => {
    const connection = await openQueueConnection(config());
    const queue = new Queue(upkeepQueue, { connection: connection.producers });
    queue.on('error', () => undefined);
    const schedules = async () => (await queue.getJobSchedulers(0, 10)).length;
    await expect.poll(schedules, patient).toBe(2);
    const gone = once(queue, 'ioredis:close');
    await redis.stop();
    await gone;

    const runId = await tenant.start();
    await expect(queue.add('x', {})).rejects.toThrow();
    const waiting = await inTenant(rig.database, tenant.tenantId, (tx) =>
      tx.execute(sql`select id from outbox where dispatched_at is null`),
    );
    expect(waiting.length).toBeGreaterThan(0);

    redis = await startRedis(port);

    await expect.poll(async () => (await tenant.run(runId)).state, patient).toBe('completed');
    await queue.close();
  });
});
