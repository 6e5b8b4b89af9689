import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asId, type Actor, type RelationId } from '@koppel/domain/kernel';
import { editRelation } from '@koppel/domain/relations';
import { inTenant } from '@koppel/persistence';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };
let rig: WorkerRig;
let tenant: FetchingTenant;
beforeEach(async () => {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 2, relations: 10 } } });
  tenant = await aFetchingTenant(rig, { state: 'active' });
});
afterEach(() => rig.close());

const place = () => ({ division: tenant.administrations[0]!.division, entity: 'crm/Accounts' });
const synchronise = async () => {
  await tenant.resync();
  await rig.drain();
};
/** Tables in which a text of a person stands anywhere. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = [
    'source_relations',
    'source_parts',
    'relations',
    'actions',
    'conflicts',
    'write_intents',
    'issues',
  ];
  const found: string[] = [];
  await inTenant(rig.database, tenant.tenantId, async (tx) => {
    for (const table of tables) {
      const rows = await tx.execute(
        sql`select 1 from ${sql.identifier(table)} t where t::text ilike ${`%${text}%`} limit 1`,
      );
      if (rows.length > 0) found.push(table);
    }
  });
  return found;
}

it('an account that Exact made anonymous is erased here too, the history included (product.md 3.20)', async () => {
  const made = rig.sandbox.edits.create(place(), {
    Name: 'Quinten Zwanenburg',
    Email: 'quinten@zwanenburg.test',
  });
  if (!made.ok) throw new Error(made.error.kind);
  const at = { ...place(), id: made.value.id };
  const person = { Account: at.id, FirstName: 'Quinten', LastName: 'Zwanenburg', Email: 'q@zwanenburg.test' };
  const contact = rig.sandbox.edits.create({ ...place(), entity: 'crm/Contacts' }, person);
  if (!contact.ok) throw new Error(contact.error.kind);
  await tenant.start();
  await rig.drain();
  await rig.advance(120_000);
  rig.sandbox.edits.edit(at, { Phone: '0318-777111' });
  await synchronise();
  const [known] = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<{ id: string; version: number }>(
      sql`select id, version from relations where name = 'Quinten Zwanenburg'`,
    ),
  );
  const { tenantId } = tenant;
  const edit = { tenantId, relationId: asId<RelationId>(known!.id), version: known!.version, actor: anna };
  await editRelation(rig.services.deps, { ...edit, values: { phone: '0318-777222' } });
  await rig.drain();
  expect(await tablesWith('zwanenburg')).toEqual([
    'source_relations',
    'source_parts',
    'relations',
    'actions',
  ]);
  expect(await tablesWith('0318-777222')).toContain('write_intents');

  await rig.advance(600_000);
  rig.sandbox.edits.edit(at, { IsAnonymised: 1, Name: 'Anoniem', Email: '', Phone: '' });
  rig.sandbox.journal.clear();
  await synchronise();

  for (const text of ['zwanenburg', 'quinten', '0318-777']) expect(await tablesWith(text)).toEqual([]);
  expect(rig.sandbox.journal.counters().writes).toBe(0);
  const acts = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<{ actor_name: string }>(sql`select actor_name from actions where kind = 'edit'`),
  );
  expect(acts.map((act) => act.actor_name)).toEqual(['Anna']);
});
