import { setTimeout as delay } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openQueueConnection, type QueueConnection } from './queues.js';
import { aConfig, aWorkerRig, type WorkerRig } from './testing/a-worker-rig.js';

const errorsMax = 100;

describe('a queue whose first connection breaks (F21)', () => {
  let rig: WorkerRig;
  let connection: QueueConnection;
  beforeAll(async () => {
    rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 1, relations: 10 } } });
    connection = await openQueueConnection(
      aConfig({ databaseUrl: rig.databaseUrl, exactUrl: rig.sandbox.url }),
    );
  });
  afterAll(async () => {
    await connection.close();
    await rig.close();
  });

  /** The next client that somebody checks out is not to be had. */
  function breakNext(pool: Pool): void {
    const connect = pool.connect.bind(pool);
    pool.connect = () => {
      pool.connect = connect;
      return Promise.reject(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
    };
  }

  it('is worked on all the same, and leaves the process time for other things', async () => {
    const pool = connection.options as unknown as Pool; // what it is on Postgres
    const { promise, resolve } = Promise.withResolvers<string>();
    breakNext(pool);
    const worker = new Worker('breaking', (job) => Promise.resolve(resolve(job.name)), {
      connection: connection.options,
    });
    let errors = 0;
    // Ends the loop that would never come to a timer of ours.
    worker.on('error', () => void ((errors += 1) > errorsMax && worker.close(true)));
    await delay(200);

    const queue = new Queue('breaking', { connection: connection.producers });
    await queue.add('wanted', {});

    expect(errors).toBeLessThan(errorsMax);
    expect(await promise).toBe('wanted');
    await Promise.all([queue.close(), worker.close()]);
  }, 20_000);
});
