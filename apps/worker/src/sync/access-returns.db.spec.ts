import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asId, ok, systemActor, type RelationId } from '@koppel/domain/kernel';
import { editRelation } from '@koppel/domain/relations';
import { inTenant } from '@koppel/persistence';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { reconnect } from '../testing/reconnect.js';
import { mirrorOf, truthOf } from '../testing/truth.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';
import { tick } from './tick.js';

const dayMs = 86_400_000;

let rig: WorkerRig;
let tenant: FetchingTenant;
beforeEach(async () => {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 3, relations: 12 } } });
  tenant = await aFetchingTenant(rig, { state: 'active' });
  await tenant.start();
  await workToTheEnd(rig);
  await rig.advance(120_000);
});
afterEach(() => rig.close());

/** Links, values, codes and the ids of all of them. */
const keptOf = () =>
  inTenant(rig.database, tenant.tenantId, async (tx) => [
    ...(await tx.execute(sql`
      select l.relation_id, l.source_relation_id, l.role, r.values, a.code from links l join relations r on r.id = l.relation_id
        join source_relations s on s.id = l.source_relation_id join administrations a on a.id = s.administration_id
      order by 1, 2, 3`)),
  ]);
const states = async () => {
  const found = await rig.uow.run(tenant.tenantId, async (tx) => ok(await tx.administrations.findMany()));
  const own = new Set<string>(tenant.administrations.map(({ id }) => id));
  return found.ok ? found.value.filter(({ id }) => own.has(id)).map(({ state }) => state) : [];
};
const first = () => tenant.administrations[0]!.division; // every spec has two
const made = (Name: string) =>
  expect(rig.sandbox.edits.create({ division: first(), entity: 'crm/Accounts' }, { Name }).ok).toBe(true);
const expectTheTruth = async () =>
  expect(await mirrorOf(rig.database, tenant.tenantId)).toEqual(
    truthOf(
      rig.sandbox,
      tenant.administrations.map(({ division }) => division),
    ),
  );

it('a revoked consent goes on where it was when another user of Exact reconnects: same ids, codes, matches (E03, F81)', async () => {
  const before = await keptOf();
  rig.sandbox.faults.plant({ kind: 'token-revoked', user: 'anna@bouwgroep-demo.nl' });
  const runId = await tenant.resync();
  await rig.drain();
  await rig.advance(600_000);
  await rig.drain();
  expect(await tenant.step(runId, first(), 'accounts')).toMatchObject({ waitReason: 'reconnect' });
  made('Nieuw Tijdens De Storing B.V.');

  expect(await reconnect(rig, tenant, 'accountant@demo.nl')).toBe(tenant.connectionId);
  await workToTheEnd(rig);

  expect(await tenant.run(runId)).toMatchObject({ state: 'completed', statistics: { created: 1 } });
  expect(await keptOf()).toEqual(expect.arrayContaining(before));
  expect(new Set(await states())).toEqual(new Set(['active']));
  expect(await tenant.openIssues()).toEqual([]);
  await expectTheTruth();
});

it('a consent is judged by itself, also right after something was read with the one before it (F81)', async () => {
  const { connectionId, tenantId } = tenant;
  const inDatabase = (statement: ReturnType<typeof sql>) =>
    inTenant(rig.database, tenantId, (tx) => tx.execute(statement));
  await rig.services.clients.of(connectionId, 'nl').me();
  await inDatabase(sql`update connections set state = 'reauth-required', state_reason = 'refused'`);

  expect(await reconnect(rig, tenant, 'beperkt@demo.nl')).toBe(connectionId);
  await workToTheEnd(rig);

  const [connection] = await inDatabase(sql`select state, state_reason, exact_user_name from connections`);
  expect(connection).toEqual({
    state: 'reauth-required',
    state_reason: 'exact-user-differs',
    exact_user_name: 'Anna van Dijk',
  });
  expect(await tenant.openIssues()).toEqual([`connection-broken:${connectionId}`]);
});

it('a consent by a user who reaches none of the same books is refused, and the one that works goes on working (E15, F81)', async () => {
  const { tenantId } = tenant;
  const connection = () =>
    inTenant(rig.database, tenantId, async (tx) => [
      ...(await tx.execute(
        sql`select state, state_reason, exact_user_name, authorised_at, refresh_token_hash from connections`,
      )),
    ]);
  await rig.services.clients.keeperOf('nl').accessToken(tenant.connectionId);
  const before = await connection();

  await expect(reconnect(rig, tenant, 'beperkt@demo.nl')).rejects.toThrow('exact-user-differs');
  expect(await connection()).toEqual(before);
  made('Nieuw Na De Weigering B.V.');
  const runId = await tenant.resync();
  await workToTheEnd(rig);

  expect(await tenant.run(runId)).toMatchObject({ state: 'completed', statistics: { created: 1 } });
  expect(await tenant.openIssues()).toEqual([]);
});

it('rights that were withdrawn midway and come back are noticed by the daily look, and nothing is lost meanwhile (F80)', async () => {
  const before = await keptOf();
  rig.sandbox.faults.plant({ kind: 'rights-withdrawn', division: first() });
  await tenant.resync();
  await workToTheEnd(rig);
  expect(await states()).toContain('access-lost');
  expect(await keptOf()).toEqual(before);
  made('Nieuw Zonder Rechten B.V.');

  rig.sandbox.faults.clear();
  await rig.advance(dayMs);
  await tick(rig.services, 'daily');
  await workToTheEnd(rig);
  expect(new Set(await states())).toEqual(new Set(['active']));
  await tenant.resync();
  await workToTheEnd(rig);

  expect(await tenant.openIssues()).toEqual([]);
  expect(await keptOf()).toEqual(expect.arrayContaining(before));
  await expectTheTruth();
});

it('a refusal is held against Exact’s own list once, which tells what it means; no other call follows it (F80)', async () => {
  const lost = tenant.administrations[0]!.id;
  const reason = async () => {
    const found = await rig.uow.run(tenant.tenantId, async (tx) =>
      ok(await tx.administrations.findById(lost)),
    );
    return found.ok && [found.value?.state, found.value?.unavailableReason];
  };
  await rig.advance(2 * 3_600_000);
  rig.sandbox.faults.plant({ kind: 'rights-withdrawn', division: first() });
  rig.sandbox.journal.clear();

  await tenant.resync();
  await workToTheEnd(rig);

  expect(await reason()).toEqual(['access-lost', 'not-listed']);
  const calls = rig.sandbox.journal.entries();
  expect(calls.filter(({ endpoint }) => endpoint === 'current/Me')).toHaveLength(1);
  const refused = calls.filter(({ status }) => status === 403).map(({ endpoint }) => endpoint);
  expect(new Set(refused).size).toBe(refused.length);
});

it('what is edited while the rights are away is written once they are back (F80)', async () => {
  const [row] = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<{ relation: string; version: number; accounts: string[] }>(sql`
      select r.id as relation, r.version, array_agg(distinct s.exact_id::text) as accounts from relations r
        join links l on l.relation_id = r.id join source_relations s on s.id = l.source_relation_id
      where r.state = 'active' and not r.is_intercompany
        and s.administration_id = ${tenant.administrations[0]!.id}::uuid
      group by r.id order by r.id limit 1`),
  );
  rig.sandbox.faults.plant({ kind: 'rights-withdrawn', division: first() });
  await tenant.resync();
  await workToTheEnd(rig);
  const edited = await editRelation(rig.services.deps, {
    ...{ tenantId: tenant.tenantId, relationId: asId<RelationId>(row!.relation), version: row!.version },
    ...{ values: { phone: '0318-765432' }, actor: systemActor },
  });
  expect(edited.ok).toBe(true);
  await rig.drain();
  const phones = () => {
    const { Accounts } = rig.sandbox.world.division(first())!.tables;
    const own = [...Accounts.all()].filter((each) => row!.accounts.includes(Accounts.guid(each.$row)));
    return own.map((each) => each['Phone']);
  };
  expect(phones()).not.toContain('0318-765432');

  rig.sandbox.faults.clear();
  await rig.advance(dayMs);
  await tick(rig.services, 'daily');
  await workToTheEnd(rig);

  expect(new Set(phones())).toEqual(new Set(['0318-765432']));
  expect(await tenant.openIssues()).toEqual([]);
});
