import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok, systemActor } from '@koppel/domain/kernel';
import { startResync, startRun } from '@koppel/domain/sync';
import { inTenant } from '@koppel/persistence';
import { aCoupledTenant, takeAll, type CoupledTenant } from '../testing/a-coupled-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';

let rig: WorkerRig;
let tenant: CoupledTenant;
beforeAll(async () => {
  rig = await aWorkerRig({ sandbox: {} });
  tenant = await aCoupledTenant(rig, { now: rig.clock.now });
});
afterAll(() => rig.close());

describe('the initial fetch', () => {
  it('lists the administrations, fetches all of them and equals what Exact has (I1)', async () => {
    const { tenantId, connectionId } = tenant;
    await rig.uow.run(tenantId, async (tx) => ok(await tx.outbox.add({ kind: 'list-divisions', connectionId })));
    await rig.drain();
    const taken = await takeAll(rig.uow, tenantId, 'coupling');
    expect(taken.length).toBeGreaterThanOrEqual(3);

    const administrationIds = taken.map((each) => each.id);
    const started = await startRun(rig.services.deps, { tenantId, administrationIds, kind: 'initial', trigger: 'person', actor: systemActor });
    const at = performance.now();
    await rig.drain();
    console.log('ms', performance.now() - at, rig.waiting.length);

    expect(started.ok).toBe(true);
    const rows = await inTenant(rig.database, tenantId, (tx) => tx.execute(sql`select kind, state, sum(records)::int records, sum(rejected)::int rejected, sum(calls)::int calls, max(failure::text) failure, max(wait_reason) w from sync_steps group by 1,2 order by 1`));
    console.table(rows);
    console.table(await inTenant(rig.database, tenantId, (tx) => tx.execute(sql`select state, statistics::text from sync_runs`)));
    console.table(await inTenant(rig.database, tenantId, (tx) => tx.execute(sql`select key, params::text from sync_events order by id`)));
    console.table(await inTenant(rig.database, tenantId, (tx) => tx.execute(sql`select cause, count(*)::int, max(params::text) from issues group by 1`)));
    console.log(rig.sandbox.journal.counters());
    void startResync;
  });
});
