import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { requestListing } from '@koppel/domain/administrations';
import { disconnect } from '@koppel/domain/coupling';
import { ok } from '@koppel/domain/kernel';
import { inTenant } from '@koppel/persistence';
import { aCoupledTenant, exchangeConsent, type CoupledTenant } from '../testing/a-coupled-tenant.js';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { reconnect } from '../testing/reconnect.js';
import { mirrorOf, truthOf } from '../testing/truth.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';
import { tick } from './tick.js';

const dayMs = 86_400_000;
const world = { seed: 5, divisions: 3, relations: 40 };

let rig: WorkerRig;
afterEach(() => rig.close());

async function anActiveTenant(): Promise<FetchingTenant> {
  rig = await aWorkerRig({ sandbox: { world } });
  const tenant = await aFetchingTenant(rig, { state: 'active' });
  await tenant.start();
  await workToTheEnd(rig);
  await rig.advance(120_000);
  return tenant;
}

/** What people decided and what came of it; times and versions left out. */
function decisionsOf(tenant: FetchingTenant): Promise<unknown[]> {
  return inTenant(rig.database, tenant.tenantId, async (tx) => [
    ...(await tx.execute(sql`
      select l.relation_id, l.source_relation_id, l.role, r.values, a.code, a.state from links l
      join relations r on r.id = l.relation_id
      join source_relations s on s.id = l.source_relation_id
      join administrations a on a.id = s.administration_id
      order by l.relation_id, l.source_relation_id, l.role`)),
  ]);
}

const stateOfConnection = async ({ tenantId, connectionId }: CoupledTenant) => {
  const found = await rig.uow.run(tenantId, async (tx) => ok(await tx.connections.findById(connectionId)));
  return found.ok ? found.value : undefined;
};

describe('a connection that nobody uses', () => {
  it('is kept alive by the daily upkeep, beyond the thirty days that Exact gives it (E03)', async () => {
    const tenant = await anActiveTenant();

    for (let day = 0; day < 35; day += 1) {
      await rig.advance(dayMs);
      await tick(rig.services, 'daily');
      await workToTheEnd(rig);
    }

    const runId = await tenant.resync();
    await workToTheEnd(rig);
    expect(await tenant.run(runId)).toMatchObject({ state: 'completed' });
    expect(rig.sandbox.journal.counters()).toMatchObject({ secondRefreshTokenUses: 0, countedErrors: 0 });
  }, 120_000);

  it('needs a person after 31 days of silence, says why, and then goes on where it was: nothing is asked again (E01, E03)', async () => {
    const tenant = await anActiveTenant();
    const before = await decisionsOf(tenant);
    await rig.advance(31 * dayMs);
    const runId = await tenant.resync();
    await rig.drain();
    const [first] = tenant.administrations;
    expect(await tenant.step(runId, first!.division, 'accounts')).toMatchObject({ waitReason: 'reconnect' });
    expect(await tenant.openIssues()).toEqual([`connection-broken:${tenant.connectionId}`]);
    expect(await stateOfConnection(tenant)).toMatchObject({
      state: 'reauth-required',
      stateReason: 'expired',
    });
    rig.sandbox.journal.clear();

    const made = rig.sandbox.edits.create(
      { division: first!.division, entity: 'crm/Accounts' },
      { Name: 'Nieuw Tijdens De Stilte B.V.' },
    );
    expect(made.ok).toBe(true);
    expect(await reconnect(rig, tenant)).toBe(tenant.connectionId);
    await workToTheEnd(rig);

    expect(await tenant.run(runId)).toMatchObject({
      state: 'completed',
      statistics: { fetched: 1, created: 1 },
    });
    expect(await tenant.step(runId, first!.division, 'accounts')).toMatchObject({ isFullRead: false });
    expect(await tenant.openIssues()).toEqual([]);
    expect(await stateOfConnection(tenant)).toMatchObject({ state: 'active', stateReason: null });
    expect(await decisionsOf(tenant)).toEqual(expect.arrayContaining(before));
    expect(await mirrorOf(rig.database, tenant.tenantId)).toEqual(
      truthOf(
        rig.sandbox,
        tenant.administrations.map((each) => each.division),
      ),
    );
  });
});

describe('a connection that was taken away', () => {
  it('ends what was queued, and every schedule, without a call to Exact (J04)', async () => {
    const tenant = await anActiveTenant();
    const runId = await tenant.resync();
    const { deps } = rig.services;
    expect(await disconnect(deps, tenant)).toMatchObject({ ok: true });
    rig.sandbox.journal.clear();

    await rig.drain();
    await tick(rig.services, 'daily');
    await inTenant(rig.database, tenant.tenantId, (tx) =>
      tx.execute(sql`update administrations set next_sync_at = now() - interval '1 hour'`),
    );
    await tick(rig.services, 'resync');
    await rig.drain();

    expect(rig.sandbox.journal.entries()).toEqual([]);
    const [first] = tenant.administrations;
    expect(await tenant.step(runId, first!.division, 'accounts')).toMatchObject({
      state: 'waiting',
      waitReason: 'reconnect',
    });
  });
});

describe('a list that Exact could not give', () => {
  const divisions = 'system/Divisions';
  const waitingFor = async (tenant: CoupledTenant) => {
    const { listRequestedAt, stateReason } = (await stateOfConnection(tenant)) ?? {};
    return { isWaitedFor: listRequestedAt instanceof Date, stateReason };
  };
  async function aRequest(): Promise<CoupledTenant> {
    rig = await aWorkerRig({ sandbox: { world } });
    const tenant = await aCoupledTenant(rig, { now: rig.clock.now });
    rig.sandbox.faults.plant({ kind: '503', times: 2, match: { endpoint: divisions } });
    expect(await requestListing(rig.services.deps, tenant)).toMatchObject({ ok: true });
    await rig.drain();
    return tenant;
  }

  it('is waited for and asked for again within seconds, as long as somebody asked just now', async () => {
    const tenant = await aRequest();
    expect(await waitingFor(tenant)).toEqual({ isWaitedFor: true, stateReason: 'unavailable' });

    await rig.advance(5_500);
    await rig.drain();
    expect(await waitingFor(tenant)).toEqual({ isWaitedFor: true, stateReason: 'unavailable' });
    await rig.advance(6_500);
    await rig.drain();

    expect(await waitingFor(tenant)).toEqual({ isWaitedFor: false, stateReason: null });
    const listed = await rig.uow.run(tenant.tenantId, async (tx) => ok(await tx.administrations.findMany()));
    expect(listed.ok && listed.value).toHaveLength(3);
  });
});

describe('a consent for some administrations only', () => {
  const list = async ({ tenantId, connectionId }: CoupledTenant) => {
    await rig.uow.run(tenantId, async (tx) =>
      ok(await tx.outbox.add({ kind: 'list-divisions', connectionId })),
    );
    await workToTheEnd(rig);
    const found = await rig.uow.run(tenantId, async (tx) => ok(await tx.administrations.findMany()));
    return found.ok ? found.value.map((each) => each.division) : [];
  };
  const open = async ({ connectionId }: CoupledTenant, division: number, bearer?: string) => {
    const token = bearer ?? (await rig.services.clients.keeperOf('nl').accessToken(connectionId));
    const url = `${rig.sandbox.url}/api/v1/${division}/vat/VATCodes?$top=1`;
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    });
    return answer.status;
  };

  it('is listed as soon as the user stands in one of them, and from then on wherever the user stands (E06)', async () => {
    rig = await aWorkerRig({ sandbox: { world } });
    const [first, second, third] = rig.sandbox.world.divisions.map(({ code }) => code);
    const everywhere = (await exchangeConsent(rig.sandbox, { now: rig.clock.now })).accessToken;
    const tenant = await aCoupledTenant(rig, { now: rig.clock.now, divisions: [second!, third!] });

    expect(await list(tenant)).toEqual([]);
    expect(await stateOfConnection(tenant)).toMatchObject({
      state: 'active',
      stateReason: 'forbidden-division',
    });
    expect(await open(tenant, second!)).toBe(200);
    expect(await list(tenant)).toEqual([second, third]);
    expect(await open(tenant, first!, everywhere)).toBe(200);
    expect(await list(tenant)).toEqual([second, third]);
    expect(await stateOfConnection(tenant)).toMatchObject({ state: 'active', stateReason: null });
    expect(rig.sandbox.journal.counters().countedErrors).toBeLessThanOrEqual(3);
  });
});
