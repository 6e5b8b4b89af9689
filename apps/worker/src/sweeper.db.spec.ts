import { Queue, Worker } from 'bullmq';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '@koppel/domain/kernel';
import { createHttpTransport } from '@koppel/exact-client';
import { dispatchOutbox, inTenant } from '@koppel/persistence';
import { ExactClients } from './exact/exact-clients.js';
import { exactClock } from './exact/exact-clock.js';
import {
  fetchQueue,
  openQueueConnection,
  queueNames,
  queueOf,
  refetchQueue,
  upkeepQueue,
  type QueueConnection,
  type Queues,
} from './queues.js';
import { Sweeper } from './sweeper.js';
import { aFetchingTenant } from './testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from './testing/a-worker-rig.js';

let rig: WorkerRig;
let connection: QueueConnection;
let queues: Queues;
beforeAll(async () => {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 1, relations: 10 } } });
  connection = await openQueueConnection(rig.config);
  const made = queueNames.map((name) => [name, new Queue(name, { connection: connection.options })] as const);
  queues = Object.fromEntries(made) as Queues; // every name is there
});
afterAll(async () => {
  await Promise.all(Object.values(queues).map((queue) => queue.close()));
  await connection.close();
  await rig.close();
});

const waitingJobs = async () => (await queues[fetchQueue].getJobs(['waiting'])).map(({ name }) => name);

describe('the sweeper', () => {
  it('gives dead work to the queue once, and once more when the worker that took it is dead as well (F01)', async () => {
    const { tenantId, start } = await aFetchingTenant(rig);
    await start();
    const execute = (statement: ReturnType<typeof sql>) =>
      inTenant(rig.database, tenantId, (tx) => tx.execute(statement));
    await execute(sql`update outbox set dispatched_at = now()`);
    const claimedByDead = () =>
      execute(sql`update sync_steps set state = 'running', lease_owner = 'dead', epoch = epoch + 1,
        lease_until = now() - interval '1 second' where position = (select min(position) from sync_steps)`);
    const sweeper = new Sweeper(rig.services, queues);
    const dead = new Worker(fetchQueue, null, { connection: connection.options, autorun: false });

    await claimedByDead();
    for (let sweep = 1; sweep <= 3; sweep += 1) await sweeper.sweep();
    expect(await waitingJobs()).toEqual(['run-step']);

    // It holds the job with a lock that runs on, as a worker does that was killed a moment ago.
    expect((await dead.getNextJob('dead'))?.name).toBe('run-step');
    await claimedByDead();
    for (let sweep = 1; sweep <= 3; sweep += 1) await sweeper.sweep();
    expect(await waitingJobs()).toEqual(['run-step']);
    await dead.close();
  });

  it('asks again for a list of administrations that somebody waits for and the queue forgot, once (F26)', async () => {
    const { tenantId, connectionId } = await aFetchingTenant(rig);
    const askedAgo = (interval: string) =>
      inTenant(rig.database, tenantId, (tx) =>
        tx.execute(sql`update connections set list_requested_at = now() - ${interval}::interval`),
      );
    const sweeper = new Sweeper(rig.services, queues);
    const listings = async () =>
      (await queues[upkeepQueue].getJobs(['waiting']))
        .filter(({ name }) => name === 'list-divisions')
        .map(({ data }: { data: unknown }) => data);

    await askedAgo('1 second');
    await sweeper.sweep();
    expect(await listings()).toEqual([]);

    await askedAgo('1 minute');
    for (let sweep = 1; sweep <= 2; sweep += 1) await sweeper.sweep();
    expect(await listings()).toEqual([
      { kind: 'message', tenantId, message: { kind: 'list-divisions', connectionId } },
    ]);
  });

  it('makes the schedules again when the queue lost them, and tells that it did, once (F26)', async () => {
    const sweeper = new Sweeper(rig.services, queues);
    const schedules = async () =>
      (await queues[upkeepQueue].getJobSchedulers(0, 9)).map(({ key }) => key).sort();
    const told = () => rig.services.survivedFaults.rebuildSamples();
    await sweeper.sweep();
    expect([await schedules(), told()]).toEqual([['daily', 'resync'], [{ value: 0 }]]);

    await queues[upkeepQueue].obliterate({ force: true });
    for (const tick of ['daily', 'resync']) await queues[upkeepQueue].removeJobScheduler(tick);
    expect(await schedules()).toEqual([]);
    for (let sweep = 1; sweep <= 2; sweep += 1) await sweeper.sweep();
    expect([await schedules(), told()]).toEqual([['daily', 'resync'], [{ value: 1 }]]);
  });

  it('gives a resync to the queue of resyncs, as the relay does (F95)', async () => {
    const { tenantId, resync } = await aFetchingTenant(rig, { state: 'active' });
    await resync();
    const routed: string[] = [];
    await dispatchOutbox(rig.database, { limit: 100, kinds: ['run-step'] }, (entries) => {
      routed.push(...entries.filter((entry) => entry.tenantId === tenantId).map(queueOf));
      return Promise.resolve();
    });
    await inTenant(rig.database, tenantId, (tx) =>
      tx.execute(sql`update sync_steps set due_at = now() - interval '1 day'`),
    );

    await new Sweeper(rig.services, queues).sweep();

    expect(new Set(routed)).toEqual(new Set([refetchQueue]));
    const swept = await queues[refetchQueue].getJobs(['waiting']);
    expect(new Set(swept.map(({ name }) => name))).toEqual(new Set(['run-step']));
  });

  it('tells once, with one event, of a consent that is over when who found out was killed before telling (F42, F45)', async () => {
    const { tenantId, connectionId, openIssues } = await aFetchingTenant(rig);
    const execute = (statement: ReturnType<typeof sql>) =>
      inTenant(rig.database, tenantId, (tx) => tx.execute(statement));
    await execute(sql`insert into webhook_endpoints
      (id, tenant_id, url, description, event_types, is_enabled, secret_key_id, secret_ciphertext, created_by, created_at)
      values (gen_random_uuid(), ${tenantId}, 'https://example.com', '', '{}', true, 'k1', '', 'Anna', now())`);
    const dying = new ExactClients({
      ...rig.config.exact,
      database: rig.database,
      reserved: rig.database,
      cipher: rig.services.cipher,
      transport: createHttpTransport(),
      clock: exactClock(rig.clock.now, 1),
      random: rig.services.deps.random,
      onReauthRequired: () => Promise.reject(new Error('killed')),
    });
    rig.sandbox.faults.plant({ kind: 'token-revoked', user: 'anna@bouwgroep-demo.nl' });
    await rig.advance(600_000);
    await expect(dying.keeperOf('nl').accessToken(connectionId)).rejects.toThrow('killed');
    expect(await openIssues()).toEqual([]);
    // Another worker meets the dead consent, and has nothing new to tell either.
    await rig.uow.run(tenantId, async (tx) =>
      ok(await tx.outbox.add({ kind: 'list-divisions', connectionId })),
    );
    await rig.drain();

    for (let sweep = 1; sweep <= 2; sweep += 1) await new Sweeper(rig.services, queues).sweep();

    expect([...(await execute(sql`select cause_key, state, occurrences from issues`))]).toEqual([
      { cause_key: `connection-broken:${connectionId}`, state: 'open', occurrences: 1 },
    ]);
    expect([...(await execute(sql`select type from webhook_events`))]).toEqual([
      { type: 'connection.reauth_required' },
    ]);
  });
});
