import { once } from 'node:events';
import net from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTenant } from '@koppel/persistence';
import { systemChance } from './deps.js';
import { createLog } from './log.js';
import { startWorker, type RunningWorker } from './start-worker.js';
import { aFetchingTenant } from './testing/a-fetching-tenant.js';
import { aConfig, aWorkerRig, type WorkerRig } from './testing/a-worker-rig.js';

const redisUrl = process.env['TEST_REDIS_URL'];

/** Stands before Redis; while it is away, connections are cut and new ones refused. */
async function aDoorTo(url: string) {
  const target = new URL(url);
  const sockets = new Set<net.Socket>();
  let isAway = false;
  const server = net.createServer((near) => {
    if (isAway) return void near.destroy();
    const far = net.connect(Number(target.port || 6379), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => [near, far].forEach((end) => end.destroy()));
    }
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(url);
  through.port = String((server.address() as net.AddressInfo).port);
  const cut = () => sockets.forEach((socket) => socket.destroy());
  return {
    url: through.href,
    goAway: () => void ((isAway = true), cut()),
    comeBack: () => void (isAway = false),
    close: () => void (server.close(), cut()),
  };
}

describe.skipIf(redisUrl === undefined)('a Redis that is away for a while (F27)', () => {
  let rig: WorkerRig;
  let worker: RunningWorker;
  let door: Awaited<ReturnType<typeof aDoorTo>>;
  beforeAll(async () => {
    door = await aDoorTo(redisUrl ?? '');
    rig = await aWorkerRig({ sandbox: { clock: 'real', world: { seed: 5, divisions: 2, relations: 30 } } });
    const timings = { relayEveryMs: 20, sweepEveryMs: 200, sweepGraceMs: 200, resyncEveryMs: 60_000 };
    const config = aConfig({
      databaseUrl: rig.databaseUrl,
      exactUrl: rig.sandbox.url,
      redisUrl: door.url,
      timings,
    });
    worker = await startWorker(config, { chance: systemChance, log: createLog(config) });
  });
  afterAll(async () => {
    door.comeBack();
    await worker.stop();
    door.close();
    await rig.close();
  });

  it('leaves the messages in the outbox, and all of them are carried when it is back', async () => {
    const tenant = await aFetchingTenant(rig);
    const waiting = async () => {
      const rows = await inTenant(rig.database, tenant.tenantId, (tx) =>
        tx.execute<{ n: number }>(sql`select count(*)::int as n from outbox where dispatched_at is null`),
      );
      return rows[0]?.n ?? 0;
    };
    const first = await tenant.start();
    await expect.poll(async () => (await tenant.run(first)).state, { timeout: 30_000 }).toBe('completed');

    door.goAway();
    const second = await tenant.start();
    expect(await waiting()).toBeGreaterThan(0);
    expect((await tenant.run(second)).state).not.toBe('completed');

    door.comeBack();
    await expect.poll(async () => (await tenant.run(second)).state, { timeout: 60_000 }).toBe('completed');
    await expect.poll(waiting, { timeout: 10_000 }).toBe(0);
  });
});
