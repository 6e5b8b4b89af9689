import { afterEach, expect, it } from 'vitest';
import { ok } from '@koppel/domain/kernel';
import { inSystem } from '@koppel/persistence';
import { sql } from 'drizzle-orm';
import { aCoupledTenant } from '../testing/a-coupled-tenant.js';
import { aFetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { reconnect } from '../testing/reconnect.js';
import { workToTheEnd } from '../testing/work-to-the-end.js';

const [anna, accountant] = ['anna@bouwgroep-demo.nl', 'accountant@demo.nl'];

let rig: WorkerRig;
afterEach(() => rig.close());

const rowOf = async (connectionId: string) => {
  const read = sql`select * from connections where id = ${connectionId}`;
  return [...(await inSystem(rig.database, (tx) => tx.execute(read)))];
};

it('E15: an Exact user of one organisation who consents for another breaks neither', async () => {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 2, relations: 20 } } });
  const first = await aFetchingTenant(rig, { state: 'active' });
  await first.start();
  await workToTheEnd(rig);
  const second = await aCoupledTenant(rig, { now: rig.clock.now, username: accountant });
  const before = await rowOf(second.connectionId);
  await rig.advance(60_000);

  await expect(reconnect(rig, second, anna)).rejects.toThrow('exact-user-elsewhere');

  expect(await rowOf(second.connectionId)).toEqual(before);
  await rig.advance(15 * 60_000);
  const runId = await first.resync();
  await workToTheEnd(rig);
  expect(await first.run(runId)).toMatchObject({ state: 'completed' });
  expect(rig.sandbox.journal.counters()).toMatchObject({ secondRefreshTokenUses: 0 });
  expect(await first.openIssues()).toEqual([]);
});

it('E15: an Exact user whose connection was ended may consent for another organisation', async () => {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 2, relations: 20 } } });
  const first = await aFetchingTenant(rig);
  const second = await aCoupledTenant(rig, { now: rig.clock.now, username: accountant });
  await rig.uow.run(first.tenantId, async (tx) => {
    const connection = await tx.connections.findById(first.connectionId);
    return ok(connection && (await tx.connections.save({ ...connection, state: 'disconnected' })));
  });

  expect(await reconnect(rig, second, anna)).toBe(second.connectionId);
});
