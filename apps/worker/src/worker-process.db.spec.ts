import { once } from 'node:events';
import { connect as connectTo, createServer, type AddressInfo, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { inTenant } from '@koppel/persistence';
import type { SyncRunId } from '@koppel/domain/kernel';
import { aFetchingTenant, type FetchingTenant } from './testing/a-fetching-tenant.js';
import { aWorkerProcess, notBuilt, type WorkerProcess } from './testing/a-worker-process.js';
import { aWorkerRig, type WorkerRig } from './testing/a-worker-rig.js';
import { mirrorOf, truthOf } from './testing/truth.js';

let rig: WorkerRig;
let tenant: FetchingTenant;
const processes: WorkerProcess[] = [];
const ways: Server[] = [];
beforeEach(async () => {
  // Slow enough to be interrupted: a page of accounts takes a while.
  rig = await aWorkerRig({
    sandbox: { clock: 'real', world: { seed: 5, divisions: 2, relations: 2_500, contacts: 0 } },
  });
  tenant = await aFetchingTenant(rig);
  rig.sandbox.faults.plant({ kind: 'slow', ms: 300, match: { endpoint: 'sync/CRM/Accounts' }, times: 0 });
  rig.sandbox.setSwitches({ minuteLimit: 100_000 });
});
afterEach(async () => {
  for (const { child } of processes.splice(0)) child.kill('SIGKILL');
  for (const way of ways.splice(0)) way.close();
  await rig.close();
});

async function aProcess(): Promise<WorkerProcess> {
  const made = await aWorkerProcess(rig);
  processes.push(made);
  return made;
}

async function recordsOf(runId: SyncRunId): Promise<number> {
  const [row] = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<{ records: number }>(
      sql`select sum(records)::int as records from sync_steps where run_id = ${runId}::uuid and kind = 'accounts'`,
    ),
  );
  return row?.records ?? 0;
}
const stateOf = async (runId: SyncRunId) => (await tenant.run(runId)).state;
const divisions = () => tenant.administrations.map((each) => each.division);
const accountCalls = () => rig.sandbox.journal.counters().byEndpoint['sync/CRM/Accounts'] ?? 0;

async function expectNothingLostOrDoubled(runId: SyncRunId): Promise<void> {
  expect(await mirrorOf(rig.database, tenant.tenantId)).toEqual(truthOf(rig.sandbox, divisions()));
  const run = await tenant.run(runId);
  expect(run.statistics.fetched).toBe(
    Object.values(truthOf(rig.sandbox, divisions())).reduce((sum, { count }) => sum + count, 0),
  );
  const doubled = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute(
      sql`select source_relation_id from links group by source_relation_id, role having count(*) > 1`,
    ),
  );
  expect([...doubled]).toEqual([]);
}

/** A way to the rig's database on which every connection ends at once before it is opened. */
async function aClosedWay() {
  const { hostname, port } = new URL(rig.databaseUrl);
  let isOpen = false;
  const way = createServer((socket) => {
    if (!isOpen) return socket.destroy();
    const there = connectTo(Number(port), hostname);
    socket.on('error', () => there.destroy());
    there.on('error', () => socket.destroy());
    return socket.pipe(there).pipe(socket);
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  ways.push(way);
  const url = new URL(rig.databaseUrl);
  url.host = `127.0.0.1:${(way.address() as AddressInfo).port}`; // of TCP
  return { url: url.href, open: () => (isOpen = true) };
}

describe.skipIf(notBuilt)('worker processes', () => {
  it('wait for a database that is not there yet (F20)', async () => {
    const way = await aClosedWay();
    let isReady = false;
    const starting = aWorkerProcess(rig, {}, way.url).then((made) => {
      isReady = true;
      processes.push(made);
    });
    await delay(2_500);
    expect(isReady).toBe(false);
    way.open();

    await starting;

    const runId = await tenant.start();
    await expect.poll(() => stateOf(runId), { timeout: 40_000 }).toBe('completed');
  });

  it('survive kill -9: another one goes on, and each death costs one page at most (F01, F05, J02)', async () => {
    const runId = await tenant.start();
    let deaths = 0;
    for (const records of [1_000, 3_000]) {
      const { child, ended } = await aProcess();
      await expect
        .poll(() => recordsOf(runId), { timeout: 30_000, interval: 20 })
        .toBeGreaterThanOrEqual(records);
      child.kill('SIGKILL');
      expect(await ended).toBe('SIGKILL');
      deaths += 1;
    }
    await aProcess();

    await expect.poll(() => stateOf(runId), { timeout: 60_000 }).toBe('completed');
    await expectNothingLostOrDoubled(runId);
    const pages = divisions().reduce(
      (sum, code) => sum + Math.ceil((truthOf(rig.sandbox, [code])[code]!.count + 1) / 1_000),
      0,
    );
    expect(accountCalls()).toBeLessThanOrEqual(pages + deaths * divisions().length);
  }, 180_000);

  it('stop when told to, hand their steps back, and a paused one does no harm (F02, F03)', async () => {
    const runId = await tenant.start();
    const first = await aProcess();
    await expect
      .poll(() => recordsOf(runId), { timeout: 30_000, interval: 20 })
      .toBeGreaterThanOrEqual(1_000);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    const leased = await inTenant(rig.database, tenant.tenantId, (tx) =>
      tx.execute(sql`select id from sync_steps where state = 'running'`),
    );
    expect([...leased]).toEqual([]);

    const paused = await aProcess();
    await expect
      .poll(() => recordsOf(runId), { timeout: 30_000, interval: 20 })
      .toBeGreaterThanOrEqual(2_000);
    paused.child.kill('SIGSTOP');
    await aProcess();
    await expect.poll(() => stateOf(runId), { timeout: 60_000 }).toBe('completed');
    paused.child.kill('SIGCONT');

    await expectNothingLostOrDoubled(runId);
    expect(rig.sandbox.journal.counters()).toMatchObject({ writes: 0, secondRefreshTokenUses: 0 });
  }, 180_000);

  it('end by themselves when the launcher is gone', async () => {
    const { child, ended } = await aProcess();
    child.disconnect();
    expect(await ended).toBe(0);
  });
});
