import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTenant } from '@koppel/persistence';
import { verifyHistory } from '@koppel/persistence/history';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';
import { sealHistories } from './seal-histories.js';
import { tick } from './tick.js';

let rig: WorkerRig;
let tenant: FetchingTenant;
beforeAll(async () => {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 3, relations: 60 } } });
  tenant = await aFetchingTenant(rig, { state: 'active' });
});
afterAll(() => rig.close());

const acts = async (): Promise<number> => {
  const [row] = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<{ count: number }>(sql`select count(*)::int as count from actions`),
  );
  return row?.count ?? 0;
};

/** In Exact, so that the next resync has changes to tell of. */
async function changeSomeNames(): Promise<void> {
  const [company] = tenant.administrations;
  const rows = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<{ id: string }>(sql`select exact_id::text as id from source_relations
      where administration_id = ${company!.id}::uuid and state = 'present' and not is_own_company order by 1 limit 5`),
  );
  for (const { id } of rows) {
    const account = { division: company!.division, entity: 'crm/Accounts', id };
    expect(rig.sandbox.edits.edit(account, { Name: `Zeldzame Naam ${id.slice(0, 4)} B.V.` }).ok).toBe(true);
  }
}

describe('the history of what a comparison and a resync did', () => {
  it('is sealed by the next schedule, each act once, and goes on where it ended (I10)', async () => {
    await tenant.start();
    await workToTheEnd(rig);
    const compared = await acts();
    expect(compared).toBeGreaterThan(10);

    await Promise.all([tick(rig.services, 'resync'), tick(rig.services, 'resync')]);
    const first = await verifyHistory(rig.database, tenant);
    expect(first).toMatchObject({ entries: compared, unsealed: 0, faults: [] });

    await changeSomeNames();
    await tenant.resync();
    await workToTheEnd(rig);
    await tick(rig.services, 'resync');

    const anchors = [first.head];
    const then = await verifyHistory(rig.database, { ...tenant, anchors });
    expect(then).toMatchObject({ entries: await acts(), unsealed: 0, faults: [] });
    expect(then.entries).toBeGreaterThan(compared);
  });

  it('takes a round no longer than twenty seconds, however much waits, and ends with the process', async () => {
    await inTenant(rig.database, tenant.tenantId, (tx) =>
      tx.execute(sql`insert into actions (id, tenant_id, kind, actor_id, actor_name, at, relation_ids, before, after, is_undoable)
        select gen_random_uuid(), tenant_id, 'edit', 'a', 'Anna', now(), '{}', '{}', '{}', false
        from actions, generate_series(1, 1200) limit 1200`),
    );
    const unsealed = async () => (await verifyHistory(rig.database, tenant)).unsealed;
    let uptime = 0;
    const slow = { ...rig.services.deps, uptime: () => (uptime += 12_000) };

    await sealHistories({ ...rig.services, stopping: AbortSignal.abort() });
    expect(await unsealed()).toBe(1_200);
    await sealHistories({ ...rig.services, deps: slow });
    expect(await unsealed()).toBe(700);
    await sealHistories(rig.services);
    expect(await unsealed()).toBe(0);
  });
});
