import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { requestListing } from '@koppel/domain/administrations';
import { ok } from '@koppel/domain/kernel';
import { aFetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { mirrorOf, truthOf } from '../testing/truth.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';

let rig: WorkerRig;
afterEach(() => rig.close());

const minuteMs = 60_000;
const longestPauseMs = 15 * minuteMs;
const lookMs = 10_000;

describe('an Exact that is down for an hour (F32)', () => {
  it('is hardly called by the steps of twenty administrations in two workers, and all go on once it is back', async () => {
    rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 20, relations: 10 } } });
    const tenant = await aFetchingTenant(rig);
    expect(tenant.administrations).toHaveLength(20);
    const workers = [rig.services, rig.anotherWorker()] as const;
    const runId = await tenant.start();
    rig.sandbox.faults.plant({ kind: '503', times: 0 });
    rig.sandbox.journal.clear();

    for (let round = 0; round < 30; round += 1) {
      await rig.drain(workers[round % 2]);
      await rig.advance(2 * minuteMs);
    }

    const called = rig.sandbox.journal.entries().length;
    expect(called).toBeGreaterThan(5);
    expect(called).toBeLessThan(45);
    rig.sandbox.faults.clear();
    await rig.advance(longestPauseMs);
    await rig.drain(workers[0]);
    await rig.advance(lookMs);
    await rig.drain(workers[1]);
    const steps = await Promise.all(
      tenant.administrations.map(({ division }) => tenant.step(runId, division, 'accounts')),
    );
    expect(steps.filter(({ state }) => state !== 'done')).toEqual([]);

    await workToTheEnd(rig);
    expect((await tenant.run(runId)).state).toBe('completed');
    expect(await tenant.openIssues()).toEqual([]);
    const divisions = tenant.administrations.map(({ division }) => division);
    expect(await mirrorOf(rig.database, tenant.tenantId)).toEqual(truthOf(rig.sandbox, divisions));
  }, 240_000);

  it('is asked for a list of administrations by a person, and for nothing that nobody waits for, nor to keep a consent alive', async () => {
    rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 3, relations: 10 } } });
    const tenant = await aFetchingTenant(rig);
    await tenant.start();
    rig.sandbox.faults.plant({ kind: '503', times: 0 });
    // A minute between the tries, until the pauses are longer than that.
    for (let round = 0; round < 20; round += 1) {
      await rig.drain();
      await rig.advance(minuteMs);
    }
    const { connectionId } = tenant;
    await rig.database.db.execute(
      sql`update connections set access_issued_at = access_issued_at - interval '1 day'`,
    );
    await rig.services.deps.uow.run(tenant.tenantId, async (tx) => {
      await tx.outbox.add({ kind: 'list-divisions', connectionId });
      return ok(await tx.outbox.add({ kind: 'keep-alive', connectionId }));
    });
    const called = () => rig.sandbox.journal.entries().map(({ path }) => path.split('/').at(-1));
    rig.sandbox.journal.clear();
    await rig.drain(rig.anotherWorker());
    expect(called()).toEqual([]);

    await requestListing(rig.services.deps, tenant);
    await rig.drain();
    // The access token has become too old meanwhile.
    expect(called()).toEqual(['token']);
  }, 120_000);
});
