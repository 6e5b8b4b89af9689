import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asId, ok, type Actor, type IssueId } from '@koppel/domain/kernel';
import { approveChange } from '@koppel/domain/relations';
import { inTenant } from '@koppel/persistence';
import { aFetchingTenant, type FetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';

const anna: Actor = { id: 'u1', name: 'Anna', kind: 'person' };
const party = { Name: 'Zeldzame Eik Installaties B.V.', ChamberOfCommerce: '90004000', Status: 'C' };

let rig: WorkerRig;
let tenant: FetchingTenant;
let accounts: string[];
beforeEach(async () => {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 3, relations: 12 } } });
  tenant = await aFetchingTenant(rig, { state: 'active' });
  accounts = [0, 1].map((index) => made(index, 'crm/Accounts', party));
});
afterEach(() => rig.close());

const division = (index: number) => tenant.administrations[index]!.division;
const place = (index: number, entity: string) => ({ division: division(index), entity });

function made(index: number, entity: string, fields: object): string {
  const created = rig.sandbox.edits.create(place(index, entity), { ...fields });
  if (!created.ok) throw new Error(created.error.message ?? created.error.kind);
  return created.value.id;
}
const part = (index: number, entity: string, fields: object) =>
  made(index, entity, { Account: accounts[index], ...fields });
const edit = (index: number, entity: string, id: string, fields: object) => {
  const edited = rig.sandbox.edits.edit({ ...place(index, entity), id }, { ...fields });
  if (!edited.ok) throw new Error(edited.error.message ?? edited.error.kind);
};
/** What Exact has of a record, straight from its tables. */
function row(index: number, table: 'Addresses' | 'Contacts' | 'BankAccounts' | 'Accounts', id: string) {
  return rig.sandbox.world.division(division(index))?.tables[table].find(id);
}
const writes = () =>
  rig.sandbox.journal
    .entries()
    .filter(({ method, kind }) => kind === 'api' && method !== 'GET')
    .map(({ method, endpoint, division: code }) => `${method} ${endpoint} ${code}`);

/** Fetches, compares and writes until nothing is left. */
async function synchronise(): Promise<void> {
  await tenant.resync();
  await rig.drain();
}
async function begin(): Promise<void> {
  await tenant.start();
  await rig.drain();
  // The two accounts are one relation: by KvK and name.
  const relations = await inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<{ id: string }>(sql`select distinct l.relation_id as id from links l
      join source_relations s on s.id = l.source_relation_id where s.name = ${party.Name}`),
  );
  if (relations.length === 2)
    await inTenant(rig.database, tenant.tenantId, (tx) =>
      tx.execute(
        sql`update links set relation_id = ${relations[0]!.id}::uuid where relation_id = ${relations[1]!.id}::uuid`,
      ),
    );
  await rig.advance(120_000);
  rig.sandbox.journal.clear();
}
const questions = () =>
  inTenant(rig.database, tenant.tenantId, (tx) =>
    tx.execute<{ id: string; cause: string; version: number }>(sql`select id, cause, version from issues
      where state = 'open' and cause in ('bank-account-changed', 'address-differs', 'contact-differs')`),
  );

describe('addresses', () => {
  const postal = { Type: 2, AddressLine1: 'Postbus 1', Postcode: '6710 BA', City: 'Ede', Country: 'NL' };

  it('carries a changed postal address to the other administration, whose echo changes nothing', async () => {
    const ids = [0, 1].map((index) => part(index, 'crm/Addresses', postal));
    await begin();
    edit(0, 'crm/Addresses', ids[0]!, { AddressLine1: 'Postbus 22' });

    await synchronise();

    expect(row(1, 'Addresses', ids[1]!)).toMatchObject({ AddressLine1: 'Postbus 22', City: 'Ede' });
    expect(writes()).toEqual([`PUT crm/Addresses ${division(1)}`]);
    await synchronise();
    expect(writes()).toHaveLength(1);
    expect([...(await questions())]).toEqual([]);
  });

  it('makes a new postal address in the other administration, once', async () => {
    await begin();
    part(0, 'crm/Addresses', postal);

    await synchronise();
    await synchronise();

    expect(writes()).toEqual([`POST crm/Addresses ${division(1)}`]);
  });

  it('carries a visiting address that was changed on the address itself, which leaves the account untouched', async () => {
    const visit = { ...postal, Type: 1, AddressLine1: 'Dorpsstraat 1' };
    const ids = [0, 1].map((index) => part(index, 'crm/Addresses', { ...visit, Main: true }));
    await begin();
    edit(0, 'crm/Addresses', ids[0]!, { AddressLine1: 'Kerkstraat 2' });

    await synchronise();

    expect(row(1, 'Accounts', accounts[1]!)).toMatchObject({ AddressLine1: 'Kerkstraat 2' });
    expect(row(1, 'Addresses', ids[1]!)).toMatchObject({ AddressLine1: 'Kerkstraat 2' });
    expect(writes()).toEqual([`PUT crm/Accounts ${division(1)}`]);
    await synchronise();
    expect(writes()).toHaveLength(1);
  });

  it('carries back an edit of a visiting address that Koppel had written a minute before', async () => {
    const visit = { ...postal, Type: 1, AddressLine1: 'Dorpsstraat 1' };
    const ids = [0, 1].map((index) => part(index, 'crm/Addresses', { ...visit, Main: true }));
    await begin();
    edit(0, 'crm/Addresses', ids[0]!, { AddressLine1: 'Kerkstraat 2' });
    await synchronise();
    await rig.advance(60_000);
    edit(1, 'crm/Addresses', ids[1]!, { AddressLine1: 'Molenweg 3' });

    await synchronise();

    expect(row(0, 'Accounts', accounts[0]!)).toMatchObject({ AddressLine1: 'Molenweg 3' });
    expect(row(1, 'Addresses', ids[1]!)).toMatchObject({ AddressLine1: 'Molenweg 3' });
  });

  it('asks a person when both were changed, and writes nothing', async () => {
    const ids = [0, 1].map((index) => part(index, 'crm/Addresses', postal));
    await begin();
    edit(0, 'crm/Addresses', ids[0]!, { AddressLine1: 'Postbus 22' });
    edit(1, 'crm/Addresses', ids[1]!, { AddressLine1: 'Postbus 33' });

    await synchronise();

    expect(writes()).toEqual([]);
    expect((await questions()).map(({ cause }) => cause)).toEqual(['address-differs', 'address-differs']);
  });
});

describe('contact persons', () => {
  const boer = { FirstName: 'Bram', LastName: 'de Boer', Email: 'bram@eik.test', BusinessPhone: '0318-1' };

  it('carries telephone, e-mail and function to the same person elsewhere, and makes nobody', async () => {
    const ids = [0, 1].map((index) => part(index, 'crm/Contacts', boer));
    await begin();
    edit(0, 'crm/Contacts', ids[0]!, { BusinessPhone: '0318-2', JobTitleDescription: 'Calculator' });
    part(0, 'crm/Contacts', { FirstName: 'Nieuw', LastName: 'Iemand' });

    await synchronise();

    expect(row(1, 'Contacts', ids[1]!)).toMatchObject({
      BusinessPhone: '0318-2',
      JobTitleDescription: 'Calculator',
    });
    expect(writes()).toEqual([`PUT crm/Contacts ${division(1)}`]);
    await synchronise();
    expect(writes()).toHaveLength(1);
  });
});

describe('bank accounts', () => {
  const old = { BankAccount: 'NL91ABNA0417164300' };
  const approve = async () => {
    const [question] = await questions();
    return approveChange(rig.services.deps, {
      tenantId: tenant.tenantId,
      issueId: asId<IssueId>(question!.id),
      version: question!.version,
      actor: anna,
    });
  };

  it('writes a changed number nowhere before a person approved it, and then in the place of the old one', async () => {
    const ids = [0, 1].map((index) => part(index, 'crm/BankAccounts', old));
    await begin();
    edit(0, 'crm/BankAccounts', ids[0]!, { BankAccount: 'NL20INGB0001234567' });

    await synchronise();
    await synchronise();
    await rig.advance(3_600_000);
    await rig.drain();

    expect(writes()).toEqual([]);
    expect(row(1, 'BankAccounts', ids[1]!)).toMatchObject(old);
    expect((await questions()).map(({ cause }) => cause)).toEqual(['bank-account-changed']);

    expect(await approve()).toEqual({ ok: true, value: { writes: 1 } });
    await rig.drain();

    expect(writes()).toEqual([`PUT crm/BankAccounts ${division(1)}`]);
    expect(row(1, 'BankAccounts', ids[1]!)).toMatchObject({ BankAccount: 'NL20INGB0001234567' });
    await synchronise();
    expect(writes()).toHaveLength(1);
    expect([...(await questions())]).toEqual([]);
  });

  it('is a question when another account has the number already (matching.md: batch and incremental agree)', async () => {
    const other = made(2, 'crm/Accounts', { Name: 'Zeldzame Eik', Status: 'C' });
    part(2, 'crm/BankAccounts', { Account: other, ...old });
    await begin();
    const asked = async () => {
      const rows = await inTenant(rig.database, tenant.tenantId, (tx) =>
        tx.execute<{ name: string }>(sql`select s.name from proposals p
          join source_relations s on s.id in (p.source_a, p.source_b)
          where p.state = 'open' and s.name like '%Zeldzame Eik%' order by 1`),
      );
      return rows.map(({ name }) => name);
    };
    expect(await asked()).toEqual([]);
    part(1, 'crm/BankAccounts', old);

    await synchronise();

    expect(await asked()).toEqual(['Zeldzame Eik', party.Name]);
  });

  it('never writes a number that was rejected', async () => {
    await begin();
    part(0, 'crm/BankAccounts', { BankAccount: 'NL20INGB0001234567' });
    await synchronise();
    const [question] = await questions();
    await rig.uow.run(tenant.tenantId, async (tx) => {
      const issue = await tx.issues.findByIdForUpdate(asId<IssueId>(question!.id));
      return ok(await tx.issues.save({ ...issue!, state: 'ignored', ignoredReason: 'fraude' }));
    });

    await synchronise();

    expect([...(await questions())]).toEqual([]);
    expect(writes()).toEqual([]);
  });
});

describe('bank accounts that only a read of all of them meets, or not', () => {
  const dayMs = 86_400_000;
  const state = async (id: string) => {
    const [row] = await inTenant(rig.database, tenant.tenantId, (tx) =>
      tx.execute<{ state: string }>(sql`select state from source_parts where exact_id = ${id}::uuid`),
    );
    return row?.state;
  };
  const forgetLog = () =>
    inTenant(rig.database, tenant.tenantId, (tx) =>
      tx.execute(
        sql`update cursors set updated_at = ${rig.clock.now().toISOString()}::timestamptz - interval '75 days'`,
      ),
    );
  const unproven = async () => (await tenant.openIssues()).filter((key) => key.startsWith('part-deletions'));

  it('are noticed to be gone by the next full read: no log tells of it', async () => {
    const id = part(0, 'crm/BankAccounts', { BankAccount: 'NL91ABNA0417164300' });
    await begin();
    rig.sandbox.edits.delete({ ...place(0, 'crm/BankAccounts'), id });
    await synchronise();
    expect(await state(id)).toBe('present');
    await forgetLog();

    await synchronise();

    expect(await state(id)).toBe('deleted');
    expect(await unproven()).toEqual([]);
  });

  it('are noticed to be gone the day after at the latest: Exact’s count has those read again, and only those', async () => {
    const id = part(0, 'crm/BankAccounts', { BankAccount: 'NL91ABNA0417164300' });
    await begin();
    rig.sandbox.edits.delete({ ...place(0, 'crm/BankAccounts'), id });
    await rig.advance(dayMs);
    await synchronise();
    const fullReads = async () => {
      await synchronise();
      const steps = await inTenant(rig.database, tenant.tenantId, (tx) =>
        tx.execute<{
          kind: string;
        }>(sql`select kind from sync_steps where is_full_read and kind = any('{accounts,contacts,addresses,bank-accounts}')
          and run_id = (select id from sync_runs order by started_at desc, id desc limit 1)`),
      );
      return steps.map(({ kind }) => kind);
    };
    expect(await state(id)).toBe('present');

    expect(await fullReads()).toEqual(['bank-accounts']);

    expect(await state(id)).toBe('deleted');
    expect(await unproven()).toEqual([]);
    expect(await fullReads()).toEqual([]);
  });

  it('are written nowhere before a person approved them when a full read meets them first', async () => {
    await begin();
    part(0, 'crm/BankAccounts', { BankAccount: 'NL20INGB0001234567' });
    await forgetLog();

    await synchronise();

    expect((await questions()).map(({ cause }) => cause)).toEqual(['bank-account-changed']);
    expect(writes()).toEqual([]);
  });
});
