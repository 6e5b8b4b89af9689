import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asId, ok, systemActor, type ConnectionId } from '@koppel/domain/kernel';
import { startResync, startRun } from '@koppel/domain/sync';
import { startSandbox, type Sandbox } from '@koppel/exact-sandbox';
import { inTenant } from '@koppel/persistence';
import { aCoupledTenant, addConnection, takeAll, type CoupledTenant } from '../testing/a-coupled-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { truthOf } from '../testing/truth.js';

/** The worst case: both countries know the same division numbers, and the same ids of accounts. */
const world = { seed: 5, divisions: 2, relations: 12, contacts: 0 };

let dutch: Sandbox;
let belgian: Sandbox;
let rig: WorkerRig;
let tenant: CoupledTenant;
beforeEach(async () => {
  belgian = await startSandbox({ clock: 'real', world });
  rig = await aWorkerRig({ sandbox: { clock: 'real', world }, env: { EXACT_BASE_URL_BE: belgian.url } });
  dutch = rig.sandbox;
  const now = rig.clock.now;
  tenant = await aCoupledTenant(rig, { now });
  const inBelgium = { ...tenant, connectionId: asId<ConnectionId>(randomUUIDv7()) };
  await addConnection({ uow: rig.uow, sandbox: belgian }, inBelgium, { region: 'be', now });
  for (const { connectionId } of [tenant, inBelgium])
    await rig.uow.run(tenant.tenantId, async (tx) =>
      ok(await tx.outbox.add({ kind: 'list-divisions', connectionId })),
    );
  await rig.drain();
});
afterEach(async () => {
  await rig.close();
  await belgian.stop();
});

const inDatabase = <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  inTenant(rig.database, tenant.tenantId, (tx) => tx.execute<Row>(query));

/** How many accounts are held per region and division. */
const held = () =>
  inDatabase<{ region: string; division: number; count: number }>(sql`
    select a.region, a.division, count(*)::int as count
    from source_relations s join administrations a on a.id = s.administration_id
    where s.state = 'present' group by 1, 2 order by 1 desc, 2`);

/** An account that a relation shares over both regions. */
async function aSharedAccount() {
  const [shared] = await inDatabase<{ division: number; exact_id: string }>(sql`
    select a.division, s.exact_id from links l
    join source_relations s on s.id = l.source_relation_id join administrations a on a.id = s.administration_id
    group by l.relation_id, a.division, s.exact_id having count(distinct a.region) = 2 order by 1, 2 limit 1`);
  if (!shared) throw new Error('nothing is shared over the border');
  return shared;
}

const phoneIn = (sandbox: Sandbox, division: number, id: string) =>
  sandbox.world.division(division)?.tables.Accounts.find(id)?.['Phone'];

it('couples administrations of two regions whose numbers are the same, and keeps each with its own country', async () => {
  const taken = await takeAll(rig.uow, tenant.tenantId, 'coupling');
  expect(taken).toHaveLength(4);
  const administrationIds = taken.map(({ id }) => id);
  const command = { tenantId: tenant.tenantId, administrationIds, actor: systemActor };
  await startRun(rig.services.deps, { ...command, kind: 'initial', trigger: 'person' });
  await rig.drain();

  const divisions = [...new Set(taken.map(({ division }) => division))].sort((one, other) => one - other);
  const truth = truthOf(dutch, divisions);
  const each = divisions.map((division) => ({ division, count: truth[division]?.count }));
  expect(await held()).toEqual(['nl', 'be'].flatMap((region) => each.map((one) => ({ region, ...one }))));

  await takeAll(rig.uow, tenant.tenantId, 'active');
  await inDatabase(sql`update couplings set step = 'active', activated_at = now()`);
  const shared = await aSharedAccount();
  const place = { division: shared.division, entity: 'crm/Accounts', id: shared.exact_id };
  dutch.edits.edit(place, { Phone: '0318-888888' });
  await startResync(rig.services.deps, { ...command, trigger: 'person' });
  await rig.drain();

  expect(phoneIn(belgian, shared.division, shared.exact_id)).toBe('0318-888888');
  const writes = (sandbox: Sandbox) =>
    sandbox.journal.entries().filter(({ method, kind }) => kind === 'api' && method !== 'GET').length;
  expect(writes(belgian)).toBeGreaterThanOrEqual(1);
});
