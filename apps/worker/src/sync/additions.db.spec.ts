import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { setAdministrationState } from '@koppel/domain/administrations';
import { confirmCoupling, selectAdministrations } from '@koppel/domain/coupling';
import { ok, systemActor, type SyncRunId } from '@koppel/domain/kernel';
import { applyPlan, planWrites } from '@koppel/domain/relations';
import { startRun } from '@koppel/domain/sync';
import { inTenant } from '@koppel/persistence';
import { readSyncRun } from '@koppel/persistence/read';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';
import { tick } from './tick.js';

let rig: WorkerRig;
let tenant: FetchingTenant;
afterEach(() => rig.close());

const at = (index: number) => tenant.administrations[index]!; // there are two or more
const execute = (statement: ReturnType<typeof sql>) =>
  inTenant(rig.database, tenant.tenantId, (tx) => tx.execute(statement));
const setState = (index: number, state: string) =>
  execute(sql`update administrations set state = ${state} where id = ${at(index).id}::uuid`);

/** Adds one administration to those that are active, as far as its first message. */
async function add(index: number): Promise<SyncRunId> {
  await setState(index, 'coupling');
  const run = { kind: 'addition', trigger: 'person', actor: systemActor } as const;
  const command = { ...run, tenantId: tenant.tenantId, administrationIds: [at(index).id] };
  const started = await startRun(rig.services.deps, command);
  if (!started.ok) throw new Error(started.error.kind);
  return started.value.runId;
}

describe('an administration that is added', () => {
  it('and has to wait for tomorrow lets the others be resynced meanwhile, and is fetched to its end then (F31)', async () => {
    rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 2, relations: 12 } } });
    tenant = await aFetchingTenant(rig, { state: 'active' });
    await setState(1, 'available');
    await tenant.resync();
    await workToTheEnd(rig);
    await rig.advance(120_000);
    const match = { division: at(1).division, endpoint: 'sync/CRM/Addresses' };
    rig.sandbox.faults.plant({ kind: '429-day', match });
    const runId = await add(1);
    await rig.drain();
    expect((await tenant.run(runId)).state).toBe('aside');
    const shown = await inTenant(rig.database, tenant.tenantId, (tx) =>
      readSyncRun(tx, runId, rig.clock.now()),
    );
    expect(shown).toMatchObject({ state: 'fetching', administrations: [{ state: 'waiting' }] });

    const resync = await tenant.resync();
    await rig.drain();
    expect((await tenant.run(resync)).state).toBe('completed');

    await workToTheEnd(rig);
    expect((await tenant.run(runId)).state).toBe('completed');
    const read = rig.sandbox.journal
      .entries()
      .filter(({ endpoint, division }) => endpoint === 'sync/CRM/Accounts' && division === at(1).division);
    expect(read).toHaveLength(1);
  });
});

describe('an administration that was removed and returns (product.md 3.6)', () => {
  const party = { Name: 'Zeldzame Eik Installaties B.V.', ChamberOfCommerce: '90004000', Status: 'C' };
  const postal = { Type: 2, AddressLine1: 'Postbus 1', Postcode: '6710 BA', City: 'Ede', Country: 'NL' };
  const made = (index: number, entity: string, fields: object): string => {
    const created = rig.sandbox.edits.create({ division: at(index).division, entity }, { ...fields });
    if (!created.ok) throw new Error(created.error.message ?? created.error.kind);
    return created.value.id;
  };
  const synchronise = async () => {
    await tenant.resync();
    await rig.drain();
  };

  const administration = async (index: number) => {
    const found = await rig.uow.run(tenant.tenantId, async (tx) =>
      ok(await tx.administrations.findById(at(index).id)),
    );
    if (!found.ok || !found.value) throw new Error('it is there');
    return found.value;
  };
  const remove = async (index: number) => {
    const { id: administrationId, version } = await administration(index);
    const command = { tenantId: tenant.tenantId, administrationId, state: 'removed', version } as const;
    expect(await setAdministrationState(rig.services.deps, command)).toMatchObject({ ok: true });
  };

  it('gets what changed elsewhere of an address meanwhile, seen in its plan and only after it', async () => {
    rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 3, relations: 12 } } });
    tenant = await aFetchingTenant(rig, { state: 'active' });
    const { tenantId } = tenant;
    const { deps } = rig.services;
    const addresses = [0, 1].map((index) =>
      made(index, 'crm/Addresses', { Account: made(index, 'crm/Accounts', party), ...postal }),
    );
    await tenant.start();
    await rig.drain();
    await rig.advance(120_000);
    await remove(1);

    for (const AddressLine1 of ['Postbus 22', 'Postbus 333']) {
      const place = { division: at(0).division, entity: 'crm/Addresses', id: addresses[0]! }; // two were made
      rig.sandbox.edits.edit(place, { AddressLine1 });
      await synchronise();
      await rig.advance(120_000);
    }
    const there = () =>
      rig.sandbox.world.division(at(1).division)?.tables.Addresses.find(addresses[1]!)?.['AddressLine1'];
    expect(there()).toBe('Postbus 1');

    await add(1);
    await rig.drain();
    expect(there()).toBe('Postbus 1');
    const { updates } = await planWrites(deps, { tenantId, updatesMax: 500 });
    expect(updates.filter(({ field }) => field === 'postal-address')).toMatchObject([
      { administrationId: at(1).id, relationName: party.Name, to: 'Postbus 333, 6710 BA, Ede, NL' },
    ]);

    const facts = { newId: deps.newId, now: deps.now(), byName: 'Anna', purpose: 'plan' } as const;
    await rig.uow.run(tenantId, async (tx) => ok(await applyPlan(tx, facts)));
    await setState(1, 'active');
    await workToTheEnd(rig);
    expect(there()).toBe('Postbus 333');
  });

  it('and loses its rights meanwhile goes on being added once they are back: nothing is written before its plan (F80)', async () => {
    rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 3, relations: 12 } } });
    tenant = await aFetchingTenant(rig, { state: 'active' });
    const { tenantId } = tenant;
    const { deps } = rig.services;
    const accounts = [0, 1].map((index) => made(index, 'crm/Accounts', party));
    await tenant.start();
    await rig.drain();
    await rig.advance(120_000);
    await remove(1);
    await execute(sql`update administrations set code = '007' where id = ${at(1).id}::uuid`);
    const actor = systemActor;
    const administrationIds = [at(1).id];
    expect(await selectAdministrations(deps, { tenantId, actor, administrationIds })).toMatchObject({
      ok: true,
    });
    expect(await confirmCoupling(deps, { tenantId, actor, text: 'Ik bevestig' })).toMatchObject({ ok: true });

    rig.sandbox.faults.plant({ kind: 'rights-withdrawn', division: at(1).division });
    await workToTheEnd(rig);
    expect(await administration(1)).toMatchObject({ state: 'access-lost' });
    const place = { division: at(0).division, entity: 'crm/Accounts', id: accounts[0]! }; // two were made
    rig.sandbox.edits.edit(place, { Phone: '0318-123456' });
    await synchronise();
    rig.sandbox.faults.clear();
    await rig.advance(86_400_000);
    await tick(rig.services, 'daily');
    await workToTheEnd(rig);

    expect(await administration(1)).toMatchObject({ state: 'coupling' });
    const there = () =>
      rig.sandbox.world.division(at(1).division)?.tables.Accounts.find(accounts[1]!)?.['Phone'];
    expect(there()).not.toBe('0318-123456');
    const { updates } = await planWrites(deps, { tenantId, updatesMax: 500 });
    expect(updates.filter(({ field, to }) => field === 'phone' && to === '0318-123456')).toMatchObject([
      { administrationId: at(1).id, relationName: party.Name },
    ]);
  });
});
