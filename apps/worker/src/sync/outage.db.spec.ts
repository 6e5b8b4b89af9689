import { afterEach, describe, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { inTenant } from '@koppel/persistence';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { mirrorOf, truthOf } from '../testing/truth.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';

let rig: WorkerRig;
afterEach(() => rig.close());

const diskFull = `raise exception 'could not extend file' using errcode = '53100'`;
const shutDown = `raise exception 'terminating connection' using errcode = '57P01'`;
const connectionLost = 'perform pg_terminate_backend(pg_backend_pid())';

async function breakWrites(table: string, how: string): Promise<void> {
  await rig.database.db.execute(
    sql.raw(`create function outage() returns trigger language plpgsql security definer as
      $$ begin ${how}; return null; end $$;`),
  );
  await rig.database.db.execute(
    sql.raw(`create trigger outage before insert on ${table} for each statement execute function outage()`),
  );
}

/** The same job again, as the queue gives it after its delay; whoever held the step has no lease any more. */
async function again(tenant: FetchingTenant, kind: string): Promise<void> {
  await inTenant(rig.database, tenant.tenantId, async (tx) => {
    await tx.execute(sql`update sync_steps set lease_until = now() - interval '1 second'
      where lease_until is not null`);
    await tx.execute(sql`update outbox set dispatched_at = null where message ->> 'kind' = ${kind}`);
  });
}

async function aRunDuring(table: string, how: string, kind: string): Promise<FetchingTenant> {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 1, relations: 20 } } });
  const tenant = await aFetchingTenant(rig);
  const runId = await tenant.start();
  await breakWrites(table, how);
  for (let outage = 1; outage <= 4; outage += 1) {
    await expect(rig.drain()).rejects.toThrow();
    await again(tenant, kind);
  }
  await rig.database.db.execute(sql.raw('drop function outage cascade'));
  await workToTheEnd(rig);
  expect((await tenant.run(runId)).state).toBe('completed');
  expect(await tenant.openIssues()).toEqual([]);
  return tenant;
}

describe('outages of the database, one after another, in workers that live', () => {
  it.each([
    ['whose disk is full (F25)', diskFull],
    ['that shuts down (F20)', shutDown],
    ['whose connection is lost (F20)', connectionLost],
  ])('a page for one %s is stored once it can be', async (_, how) => {
    const tenant = await aRunDuring('source_relations', how, 'run-step');
    const divisions = tenant.administrations.map((each) => each.division);
    expect(await mirrorOf(rig.database, tenant.tenantId)).toEqual(truthOf(rig.sandbox, divisions));
  });

  it('comparing goes on once the disk has room again (F25)', async () => {
    await aRunDuring('relations', diskFull, 'compare-run');
  });
});
