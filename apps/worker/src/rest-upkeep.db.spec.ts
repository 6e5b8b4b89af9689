import { randomUUID } from 'node:crypto';
import { Queue, Worker } from 'bullmq';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { openQueueConnection, upkeepQueue, type JobData, type QueueConnection } from './queues.js';
import { restOf } from './rest-upkeep.js';
import { createRunJob } from './run-job.js';
import { aWorkerRig, type WorkerRig } from './testing/a-worker-rig.js';

const tick: JobData = { kind: 'tick', tick: 'resync' };
const message = (): JobData => ({
  ...{ kind: 'message', tenantId: asId<TenantId>(randomUUID()) },
  message: { kind: 'forget-deliveries', endpointId: randomUUID() },
});

let rig: WorkerRig;
let connection: QueueConnection;
let queue: Queue;
const workers: Worker[] = [];
beforeEach(async () => {
  rig = await aWorkerRig({ sandbox: { clock: 'real', world: { seed: 5, divisions: 1, relations: 10 } } });
  connection = await openQueueConnection(rig.config);
  queue = new Queue(upkeepQueue, { connection: connection.options });
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close(true)));
  await queue.close();
  await connection.close();
  await rig.close();
});

const add = (jobId: string, data: JobData) =>
  queue.add(data.kind === 'tick' ? data.tick : data.message.kind, data, { jobId });
const find = async (id: string) => {
  const job = await queue.getJob(id);
  if (!job) throw new Error(`no job ${id}`);
  return job;
};
const rests = () => rig.services.survivedFaults.restSamples()[0]?.value;

/** Workers that take the job one after another and are gone without a word. */
async function stopWorkers(id: string, times: number): Promise<void> {
  const options = { lockDuration: 100, stalledInterval: 50, maxStalledCount: 1_000, autorun: false };
  const dying = new Worker(queue.name, null, { connection: connection.options, ...options });
  workers.push(dying);
  await dying.startStalledCheckTimer();
  const before = (await find(id)).stalledCounter;
  for (let stop = 1; stop <= times; stop += 1) {
    expect((await dying.getNextJob(`dies ${stop}`))?.id).toBe(id);
    const stops = async () => (await find(id)).stalledCounter;
    await expect.poll(stops, { timeout: 5_000 }).toBe(before + stop);
  }
  await dying.close(true);
}

function aWorker(): void {
  workers.push(new Worker(queue.name, createRunJob(rig.services, queue), { connection: connection.options }));
}

describe('upkeep that stops every worker that takes it (F04)', () => {
  it('is left alone for an hour after three starts, others go on, and then it has one try an hour', async () => {
    await add('bad', message());
    await stopWorkers('bad', 3);
    await add('good', message());
    aWorker();
    const states = async () => [await queue.getJobState('bad'), await queue.getJobState('good')];

    await expect.poll(states, { timeout: 10_000 }).toEqual(['delayed', 'completed']);
    expect((await find('bad')).delay).toBeGreaterThan(3_500_000);
    expect(rests()).toBe(1);

    await (await find('bad')).promote();
    await expect.poll(states, { timeout: 10_000 }).toEqual(['completed', 'completed']);
    expect(rests()).toBe(1);
  });

  it('has a third start: what stopped two workers may be others’ fault', async () => {
    await add('slow', message());
    await stopWorkers('slow', 2);
    aWorker();
    await expect.poll(() => queue.getJobState('slow'), { timeout: 10_000 }).toBe('completed');
  });

  it('has no other job of its schedule run meanwhile, and those of others do', async () => {
    await add('bad', tick);
    await stopWorkers('bad', 3);
    aWorker();
    await expect.poll(() => queue.getJobState('bad'), { timeout: 10_000 }).toBe('delayed');

    const next = { job: await add('next', tick), data: tick };
    expect(await restOf(rig.services, queue, next)).toEqual({ kind: 'done' });
    const data: JobData = { kind: 'tick', tick: 'daily' };
    const other = { job: await add('other', data), data };
    expect(await restOf(rig.services, queue, other)).toBeUndefined();
  });
});
