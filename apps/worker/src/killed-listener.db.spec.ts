import { Queue, Worker } from 'bullmq';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openQueueConnection, upkeepQueue, workerOptions, type QueueConnection } from './queues.js';
import { aConfig, aWorkerRig, type WorkerRig } from './testing/a-worker-rig.js';

const rounds = 5;
const isListener = sql`datname = current_database() and application_name like ${`%${upkeepQueue}%`}`;

describe('the connection on which an idle worker listens for jobs', () => {
  let rig: WorkerRig;
  let connection: QueueConnection;
  let queue: Queue;
  let worker: Worker;
  const begun: string[] = [];
  beforeAll(async () => {
    rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 1, relations: 10 } } });
    connection = await openQueueConnection(
      aConfig({ databaseUrl: rig.databaseUrl, exactUrl: rig.sandbox.url }),
    );
    queue = new Queue(upkeepQueue, { connection: connection.options });
    const begin = async ({ name }: { name: string }) => void begun.push(name);
    worker = new Worker(upkeepQueue, begin, { connection: connection.options, ...workerOptions });
    queue.on('error', () => undefined);
    worker.on('error', () => undefined);
  });
  afterAll(async () => {
    await worker.close();
    await queue.close();
    await connection.close();
    await rig.close();
  });

  /** Ends what listens, which BullMQ names after its queue; gives which there were. */
  async function killListeners(): Promise<number[]> {
    const killed = await rig.database.db.execute<{ pid: number }>(sql`
      select pid, pg_terminate_backend(pid) from pg_stat_activity where ${isListener}`);
    return killed.map(({ pid }) => pid);
  }

  async function areNewOnes(killed: readonly number[]): Promise<boolean> {
    const there = await rig.database.db.execute<{ pid: number }>(sql`
      select pid from pg_stat_activity where ${isListener}`);
    return there.some(({ pid }) => !killed.includes(pid));
  }

  it('is made again when it is killed: the next job begins within a second, time after time (F21)', async () => {
    for (let round = 1; round <= rounds; round += 1) {
      let killed: number[] = [];
      const kill = async () => (killed = await killListeners());
      await expect.poll(kill, { timeout: 10_000, interval: 20 }).not.toEqual([]);
      // Every other time when it is there again, which takes it some moments.
      if (round % 2 === 0) await expect.poll(() => areNewOnes(killed), { timeout: 10_000 }).toBe(true);
      const addedAt = performance.now();
      await queue.add(`job ${round}`, {});
      await expect.poll(() => begun, { timeout: 5_000, interval: 5 }).toContain(`job ${round}`);
      expect(performance.now() - addedAt).toBeLessThan(1_000);
    }
  });
});
