import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { ok, systemActor } from '@koppel/domain/kernel';
import { startResync } from '@koppel/domain/sync';
import { inTenant } from '@koppel/persistence';
import { copyDatabase, type TestDatabase } from '@koppel/persistence/testing';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aRigOver, aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { reconnect } from '../testing/reconnect.js';
import { mirrorOf, truthOf } from '../testing/truth.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';

const world = { seed: 5, divisions: 2, relations: 40 };

let live: WorkerRig;
let backup: TestDatabase;
let restored: WorkerRig;
afterEach(async () => {
  await restored.close();
  await backup.drop();
  await live.close();
});

const divisionsOf = (tenant: FetchingTenant) => tenant.administrations.map((each) => each.division);

/** A tenant in daily use; then a backup, and after it a refreshed token, an edit in Exact and a resync that the backup knows nothing of. */
async function aRestoredBackup(): Promise<FetchingTenant> {
  live = await aWorkerRig({ sandbox: { world } });
  const tenant = await aFetchingTenant(live, { state: 'active' });
  await tenant.start();
  await workToTheEnd(live);
  backup = await copyDatabase(live.databaseUrl);
  await live.advance(600_000);
  const edited = live.sandbox.edits.create(
    { division: divisionsOf(tenant)[0]!, entity: 'crm/Accounts' },
    { Name: 'Na De Back-up B.V.' },
  );
  expect(edited.ok).toBe(true);
  await tenant.resync();
  await workToTheEnd(live);
  await live.advance(600_000);
  restored = aRigOver(live, backup.url);
  return tenant;
}

const connectionOf = async ({ tenantId, connectionId }: FetchingTenant) => {
  const found = await restored.uow.run(tenantId, async (tx) =>
    ok(await tx.connections.findById(connectionId)),
  );
  return found.ok ? found.value : undefined;
};
const issuesOf = ({ tenantId }: FetchingTenant) =>
  inTenant(restored.database, tenantId, async (tx) =>
    [
      ...(await tx.execute<{ cause: string }>(
        sql`select cause from issues where state = 'open' and cause = 'connection-broken'`,
      )),
    ].map(({ cause }) => cause),
  );
const resync = (tenant: FetchingTenant) =>
  startResync(restored.services.deps, {
    tenantId: tenant.tenantId,
    trigger: 'person',
    actor: systemActor,
  });

describe('an older backup that was restored (F28)', () => {
  it('spends one call on its dead token, says that a person must consent again, and asks no more', async () => {
    const tenant = await aRestoredBackup();
    live.sandbox.journal.clear();

    expect(await resync(tenant)).toMatchObject({ ok: true });
    await restored.drain();
    await restored.advance(120_000);
    await restored.drain();

    expect(await connectionOf(tenant)).toMatchObject({ state: 'reauth-required' });
    expect(await issuesOf(tenant)).toEqual(['connection-broken']);
    expect(live.sandbox.journal.counters()).toMatchObject({ tokenCalls: 1, calls: 1 });
    const [run] = await inTenant(restored.database, tenant.tenantId, (tx) =>
      tx.execute<{ wait_reason: string }>(
        sql`select distinct wait_reason from sync_steps where state = 'waiting'`,
      ),
    );
    expect(run).toEqual({ wait_reason: 'reconnect' });
  }, 300_000);

  it('reads again from its older cursors after one consent, so that nothing is missing and nothing is doubled', async () => {
    const tenant = await aRestoredBackup();
    await resync(tenant);
    await restored.drain();

    expect(await reconnect(restored, tenant)).toBe(tenant.connectionId);
    await workToTheEnd(restored);

    expect(await connectionOf(tenant)).toMatchObject({ state: 'active' });
    expect(await issuesOf(tenant)).toEqual([]);
    expect(await mirrorOf(restored.database, tenant.tenantId)).toEqual(
      truthOf(live.sandbox, divisionsOf(tenant)),
    );
    const doubled = await inTenant(restored.database, tenant.tenantId, (tx) =>
      tx.execute(
        sql`select source_relation_id from links group by source_relation_id, role having count(*) > 1`,
      ),
    );
    expect([...doubled]).toEqual([]);
    expect(live.sandbox.journal.counters()).toMatchObject({ writes: 0 });
  }, 300_000);
});
