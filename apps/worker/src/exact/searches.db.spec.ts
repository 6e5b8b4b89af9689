import { afterEach, describe, expect, it } from 'vitest';
import { aFetchingTenant } from '../testing/a-fetching-tenant.js';
import { aWorkerRig, type WorkerRig } from '../testing/a-worker-rig.js';
import { ExactWriteSource } from './exact-write-source.js';

const name = 'Jansen';

let rig: WorkerRig;
afterEach(() => rig.close());

interface Many {
  readonly accounts: number;
  readonly contacts: number;
  /** The mail address of each of them. */
  readonly email?: string;
}

/** An Exact with that many accounts of one name, the first of them with that many contact persons. */
async function anExactWith({ email, ...many }: Many) {
  rig = await aWorkerRig({ sandbox: { world: { seed: 5, divisions: 1, relations: 20 } } });
  const { tenantId, connectionId, administrations } = await aFetchingTenant(rig);
  const { id, division } = administrations[0]!; // the world has one
  const make = (entity: string, count: number, fields: Readonly<Record<string, unknown>>) =>
    Array.from({ length: count }, () => {
      const made = rig.sandbox.edits.create({ division, entity }, fields);
      if (!made.ok) throw new Error(made.error.kind);
      return made.value.id;
    });
  const accounts = make('crm/Accounts', many.accounts, { Name: name, ...(email && { Email: email }) });
  const account = accounts[0]!; // at least one is asked for
  const person = { Account: account, FirstName: 'Anna', LastName: name, ...(email && { Email: email }) };
  const contacts = { account, made: make('crm/Contacts', many.contacts, person) };
  return {
    source: new ExactWriteSource(rig.services.clients),
    administration: { tenantId, connectionId, id, division, region: 'nl', purpose: 'interactive' } as const,
    ...{ accounts, contacts },
  };
}

describe('a search in Exact before something is made there', () => {
  it('finds also what stands on a further page of Exact (F39)', async () => {
    const { source, administration, accounts, contacts } = await anExactWith({ accounts: 130, contacts: 70 });
    const alike = await source.findAlike(administration, { name });
    expect(alike.ok && alike.value.map(({ exactId }) => exactId).sort()).toEqual(accounts.sort());
    const accountExactId = contacts.account;
    const parts = await source.findParts(administration, { kind: 'contact', accountExactId });
    expect(parts.ok && parts.value.map(({ exactId }) => exactId).sort()).toEqual(contacts.made.sort());
  });

  it('cannot tell what there is when that is more than it reads on for (F39)', async () => {
    const { source, administration, contacts } = await anExactWith({ accounts: 601, contacts: 601 });
    const inDoubt = { ok: false, error: { kind: 'unexpected', reason: 'more was found than is read' } };
    expect(await source.findAlike(administration, { name })).toEqual(inDoubt);
    const accountExactId = contacts.account;
    expect(await source.findParts(administration, { kind: 'contact', accountExactId })).toEqual(inDoubt);
  });

  it('cannot tell what there is beside a record that cannot be read (F39)', async () => {
    const email = 'x'.repeat(2_001);
    const { source, administration, contacts } = await anExactWith({ accounts: 1, contacts: 1, email });
    const reason = expect.stringContaining('cannot be read: Email is too long') as string;
    const inDoubt = { ok: false, error: { kind: 'unexpected', reason } };
    expect(await source.findAlike(administration, { name })).toEqual(inDoubt);
    const accountExactId = contacts.account;
    expect(await source.findParts(administration, { kind: 'contact', accountExactId })).toEqual(inDoubt);
  });
});
