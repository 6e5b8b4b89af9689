import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { readChanges } from '@koppel/domain/coupling';
import { ok, systemActor } from '@koppel/domain/kernel';
import { planWrites } from '@koppel/domain/relations';
import { inTenant } from '@koppel/persistence';
import { aFetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';

let rig: WorkerRig;
afterEach(() => rig.close());

it('what was edited in Exact during a long review is in the plan before anything is written (product.md 3.16, 3.19)', async () => {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 2, relations: 12 } } });
  const tenant = await aFetchingTenant(rig);
  const { tenantId } = tenant;
  const { deps } = rig.services;
  const actor = systemActor;
  const division = (index: number) => tenant.administrations[index]!.division; // there are two
  const party = { Name: 'Zeldzame Eik Installaties B.V.', ChamberOfCommerce: '90004000', Status: 'C' };
  const [first, second] = ['0318-111111', '0318-222222'].map((Phone, index) => {
    const created = rig.sandbox.edits.create(
      { division: division(index), entity: 'crm/Accounts' },
      { ...party, Phone },
    );
    if (!created.ok) throw new Error(created.error.kind);
    return created.value.id;
  });
  await tenant.start();
  await rig.drain();
  await inTenant(rig.database, tenantId, (tx) => tx.execute(sql`update couplings set step = 'settings'`));
  const phone = async () => {
    const { updates, fingerprint } = await planWrites(deps, { tenantId, updatesMax: 500 });
    const ours = updates.filter(
      ({ field, relationName }) => field === 'phone' && relationName === party.Name,
    );
    return { fingerprint, lines: ours.map(({ from, to }) => [from, to]) };
  };
  const before = await phone();
  expect(before.lines).toEqual([['0318-222222', '0318-111111']]);

  rig.sandbox.edits.edit(
    { division: division(0), entity: 'crm/Accounts', id: first! },
    { Phone: '0318-333333' },
  );
  await rig.advance(5 * 86_400_000);
  expect((await phone()).fingerprint).toBe(before.fingerprint);
  const read = await readChanges(deps, { tenantId, actor });
  if (!read.ok) throw new Error(read.error.kind);
  await rig.drain();

  expect(await tenant.run(read.value.runId)).toMatchObject({ state: 'completed', kind: 'resync' });
  const after = await phone();
  expect(after.lines).toEqual([['0318-222222', '0318-333333']]);
  expect(after.fingerprint).not.toBe(before.fingerprint);
  const ages = await rig.uow.run(tenantId, async (tx) => {
    const all = await tx.administrations.findMany();
    return ok(all.map(({ lastSyncedAt }) => rig.clock.now().getTime() - (lastSyncedAt?.getTime() ?? 0)));
  });
  expect(ages.ok && Math.max(...ages.value)).toBeLessThan(3_600_000);
  const there = rig.sandbox.world.division(division(1))?.tables.Accounts.find(second!)?.['Phone'];
  expect(there).toBe('0318-222222');
});
