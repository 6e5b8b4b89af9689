import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok, type SyncStepId } from '@koppel/domain/kernel';
import { connect, inTenant, type Database } from '@koppel/persistence';
import { createServices } from '../create-services.js';
import { systemChance } from '../deps.js';
import { createLog } from '../log.js';
import type { Services } from '../services.js';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { keepLease } from './keep-lease.js';

const owner = 'me';
let rig: WorkerRig;
let tenant: FetchingTenant;
let stepId: SyncStepId;
let database: Database;
let reserved: Database;
let services: Services;
beforeEach(async () => {
  rig = await aWorkerRig({
    sandbox: { world: { seed: 5, divisions: 1, relations: 20 } },
    timings: { leaseRenewEveryMs: 50 },
  });
  tenant = await aFetchingTenant(rig);
  await tenant.start();
  stepId = (await aHeldStep()).id;
  database = connect(rig.databaseUrl, { max: 1 });
  reserved = connect(rig.databaseUrl, { max: 1 });
  const log = createLog(rig.config);
  const stopping = new AbortController().signal;
  services = createServices({ config: rig.config, database, reserved, chance: systemChance, log, stopping });
});
afterEach(async () => {
  await database.close();
  await reserved.close();
  await rig.close();
});

/** A step that runs, with a lease that is over. */
async function aHeldStep() {
  const held = await rig.uow.run(tenant.tenantId, async (tx) => {
    const run = await tx.syncRuns.findOpen();
    const [step] = run ? await tx.syncSteps.findMany(run.id) : [];
    if (!step) throw new Error('no step');
    await tx.syncSteps.save({ ...step, state: 'running', leaseOwner: owner });
    await tx.syncSteps.takeLease(step.id, owner, -1);
    return ok(step);
  });
  if (!held.ok) throw new Error('not held');
  return held.value;
}

async function isLeaseLive(): Promise<boolean | undefined> {
  const step = await rig.uow.run(tenant.tenantId, async (tx) => ok(await tx.syncSteps.findById(stepId)));
  return step.ok ? step.value?.isLeaseLive : undefined;
}

/** Whoever waits for a locked step: a renewal that was passed over on the reserved connection. */
async function isRowWaitedFor(): Promise<boolean> {
  const waiting = await rig.database.db.execute(sql`
    select from pg_stat_activity where datname = current_database()
      and wait_event_type = 'Lock' and query like '%sync_steps%'`);
  return waiting.length > 0;
}

/** A transaction that has the only connection until `until` resolves. */
function work(database: Database, until: Promise<unknown>, locks = false): Promise<unknown> {
  return inTenant(database, tenant.tenantId, async (tx) => {
    if (locks) await tx.execute(sql`select from sync_steps where id = ${stepId}::uuid for update`);
    await until;
  });
}

describe('a lease, while work holds every connection that there is for work', () => {
  it('is renewed (F23)', async () => {
    const { promise: until, resolve: release } = Promise.withResolvers<void>();
    const working = work(database, until);

    const held = keepLease(services, { tenantId: tenant.tenantId, owner }, async (hold) => {
      hold(stepId, 60_000);
      await expect.poll(isLeaseLive, { timeout: 5_000 }).toBe(true);
    });
    await held.finally(release);
    await working;
  });

  it('is not waited for over the reserved connection when the work itself has locked it, and renewed when that ends', async () => {
    const other = connect(rig.databaseUrl, { max: 1 });
    const { promise: until, resolve: release } = Promise.withResolvers<void>();
    const working = work(other, until, true);
    await keepLease(services, { tenantId: tenant.tenantId, owner }, async (hold) => {
      hold(stepId, 60_000);
      await expect.poll(isRowWaitedFor, { timeout: 5_000 }).toBe(true);
      expect(await inTenant(reserved, tenant.tenantId, async () => 'free')).toBe('free');
      release();
      await working;
      await expect.poll(isLeaseLive, { timeout: 5_000 }).toBe(true);
    });
    await other.close();
  });
});
