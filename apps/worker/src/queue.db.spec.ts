import { randomUUID } from 'node:crypto';
import { Queue } from 'bullmq';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '@koppel/domain/kernel';
import { inTenant } from '@koppel/persistence';
import { systemChance } from './deps.js';
import { createLog } from './log.js';
import { openQueueConnection, queueNames, upkeepQueue, type QueueConnection } from './queues.js';
import { startWorker, type RunningWorker } from './start-worker.js';
import { aFetchingTenant } from './testing/a-fetching-tenant.js';
import { aConfig, aWorkerRig, type WorkerRig } from './testing/a-worker-rig.js';

const redisUrl = process.env['TEST_REDIS_URL'];
const backends = [['Postgres', undefined], ...(redisUrl ? ([['Redis', redisUrl]] as const) : [])] as const;

describe.each(backends)('the queue on %s', (_, url) => {
  let rig: WorkerRig;
  let connection: QueueConnection;
  const workers: RunningWorker[] = [];
  const config = () =>
    aConfig({
      databaseUrl: rig.databaseUrl,
      exactUrl: rig.sandbox.url,
      timings: { relayEveryMs: 20, sweepEveryMs: 200, sweepGraceMs: 200, resyncEveryMs: 60_000 },
      ...(url && { redisUrl: url }),
    });
  const aWorker = async () => {
    const worker = await startWorker(config(), { chance: systemChance, log: createLog(config()) });
    workers.push(worker);
    return worker;
  };
  beforeAll(async () => {
    rig = await aWorkerRig({ sandbox: { clock: 'real', world: { seed: 5, divisions: 2, relations: 30 } } });
    connection = await openQueueConnection(config());
    await forget();
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.stop();
  });
  afterAll(async () => {
    await connection.close();
    await rig.close();
  });
  const withQueue = async <T>(
    name: (typeof queueNames)[number],
    work: (queue: Queue) => Promise<T>,
  ): Promise<T> => {
    const queue = new Queue(name, { connection: connection.options });
    try {
      return await work(queue);
    } finally {
      await queue.close();
    }
  };
  /** Everything that the queue knows, gone: what a Redis without persistence does at a restart (F26). */
  const forget = async () => {
    for (const name of queueNames) await withQueue(name, (queue) => queue.obliterate({ force: true }));
  };

  it('makes one schedule of each kind, however many workers start at once, and repairs what is missing or surplus (J04)', async () => {
    await Promise.all([aWorker(), aWorker(), aWorker()]);
    const schedules = () =>
      withQueue(upkeepQueue, async (queue) =>
        (await queue.getJobSchedulers(0, 50)).map(({ key, every }) => `${key} ${every}`).sort(),
      );
    await expect.poll(schedules, { timeout: 10_000 }).toEqual(['daily 86400000', 'resync 60000']);

    await withQueue(upkeepQueue, async (queue) => {
      await queue.removeJobScheduler('resync');
      await queue.upsertJobScheduler(
        'old',
        { every: 1_000 },
        { name: 'old', data: { kind: 'tick', tick: 'resync' } },
      );
    });

    await expect.poll(schedules, { timeout: 10_000 }).toEqual(['daily 86400000', 'resync 60000']);
  });

  it('carries a run to its end although it forgets everything in between (F26, I11)', async () => {
    const tenant = await aFetchingTenant(rig);
    const runId = await tenant.start();
    await inTenant(rig.database, tenant.tenantId, (tx) =>
      tx.execute(sql`update outbox set dispatched_at = now() where dispatched_at is null`),
    );
    await forget();

    await aWorker();

    await expect.poll(async () => (await tenant.run(runId)).state, { timeout: 30_000 }).toBe('completed');
  });

  it('leaves to a newer program what only that can read, and goes on with the rest (F94)', async () => {
    const tenant = await aFetchingTenant(rig);
    const future = sql`insert into outbox (tenant_id, message, available_at)
      values (${tenant.tenantId}, '{"kind":"of-a-later-release"}', now() - interval '1 minute')`;
    await inTenant(rig.database, tenant.tenantId, (tx) => tx.execute(future));
    const data = { kind: 'message', tenantId: tenant.tenantId, message: { kind: 'of-a-later-release' } };
    await withQueue(upkeepQueue, (queue) =>
      queue.add('of-a-later-release', data, { attempts: 1, jobId: 'later' }),
    );

    await aWorker();
    const runId = await tenant.start();

    await expect.poll(async () => (await tenant.run(runId)).state, { timeout: 30_000 }).toBe('completed');
    const waiting = await inTenant(rig.database, tenant.tenantId, (tx) =>
      tx.execute(
        sql`select id from outbox where message ->> 'kind' = 'of-a-later-release' and dispatched_at is null`,
      ),
    );
    expect(waiting).toHaveLength(1);
    const state = () => withQueue(upkeepQueue, (queue) => queue.getJobState('later'));
    await expect.poll(state, { timeout: 10_000 }).toBe('delayed');
  });

  it('runs what is meant after an older backup was restored, whose numbers it has seen before (F28)', async () => {
    const tenant = await aFetchingTenant(rig);
    await aWorker();
    const send = (endpointId: string, id?: string) =>
      inTenant(rig.database, tenant.tenantId, (tx) =>
        tx.execute<{ id: string }>(sql`insert into outbox (id, tenant_id, message, available_at)
          overriding system value values (coalesce(${id ?? null}::bigint, nextval('outbox_id_seq')), ${tenant.tenantId},
            jsonb_build_object('kind', 'forget-deliveries', 'endpointId', ${endpointId}::text), now()) returning id`),
      );
    const isDone = (endpointId: string) => () =>
      withQueue(upkeepQueue, async (queue) =>
        (await queue.getJobs(['completed'])).some(({ data }) => JSON.stringify(data).includes(endpointId)),
      );
    const [lost, fresh] = [randomUUID(), randomUUID()];
    const [seen] = await send(lost);
    await expect.poll(isDone(lost), { timeout: 10_000 }).toBe(true);
    await inTenant(rig.database, tenant.tenantId, (tx) => tx.execute(sql`delete from outbox`));

    await send(fresh, seen?.id);

    await expect.poll(isDone(fresh), { timeout: 10_000 }).toBe(true);
  });

  it('runs a message once although its relay died between sending and marking it (F12)', async () => {
    const tenant = await aFetchingTenant(rig);
    await tenant.start();
    await aWorker();
    const sent = () =>
      inTenant(rig.database, tenant.tenantId, (tx) =>
        tx.execute<{ id: string }>(
          sql`select id from outbox where message ->> 'kind' = 'run-step' and dispatched_at is not null`,
        ),
      );
    await expect.poll(async () => (await sent()).length, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
    const state = async () => {
      const open = await rig.uow.run(tenant.tenantId, async (tx) => ok(await tx.syncRuns.findOpen()));
      return open.ok && open.value === undefined;
    };
    await expect.poll(state, { timeout: 30_000 }).toBe(true);
    rig.sandbox.journal.clear();
    await inTenant(rig.database, tenant.tenantId, (tx) =>
      tx.execute(sql`update outbox set dispatched_at = null where message ->> 'kind' = 'run-step'`),
    );

    await expect.poll(async () => (await sent()).length, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);

    expect(rig.sandbox.journal.counters().calls).toBe(0);
  });
});

if (redisUrl === undefined) {
  describe('the queue on Redis', () => {
    it('does all that', ({ skip }) =>
      skip('no Redis was found (set TEST_REDIS_URL, or put redis-server on the PATH)'));
  });
}
