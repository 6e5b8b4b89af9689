import { sql } from 'drizzle-orm';
import type { Sandbox } from '@koppel/exact-sandbox';
import { asId, type IssueId, type TenantId } from '@koppel/domain/kernel';
import { approveChange } from '@koppel/domain/relations';
import { inTenant } from '@koppel/persistence';
import type { Services } from '@koppel/worker/handlers';
import { anna, expectOk, read } from './person.js';

const party = { Name: 'Zeldzame Eik Installaties B.V.', ChamberOfCommerce: '90004000', Status: 'C' };
const postal = { Type: 2, AddressLine1: 'Postbus 1', Postcode: '6710 BA', City: 'Ede', Country: 'NL' };
const person = {
  FirstName: 'Bram',
  LastName: 'Zeldzaam',
  Email: 'bram@eik.test',
  BusinessPhone: '0318-771001',
};
const bank = { BankAccount: 'NL91ABNA0417164300' };

type Division = Sandbox['world']['divisions'][number];
type PartTable = 'Addresses' | 'Contacts' | 'BankAccounts';

/** One company in two administrations, with the same postal address, contact person and bank account in both. */
export function makeSharedParts(sandbox: Sandbox): void {
  for (const division of bothDivisions(sandbox)) {
    const Account = make(sandbox, division, { entity: 'crm/Accounts', fields: party });
    for (const [table, fields] of [
      ['Addresses', postal],
      ['Contacts', person],
      ['BankAccounts', bank],
    ] as const)
      make(sandbox, division, { entity: `crm/${table}`, fields: { Account, ...fields } });
  }
}

/** The two accounts are one relation from now on, as a person would say. */
export async function joinSharing({ database }: Services, tenantId: TenantId): Promise<void> {
  await inTenant(database, tenantId, (tx) =>
    tx.execute(sql`with theirs as (
        select l.relation_id from links l join source_relations s on s.id = l.source_relation_id where s.name = ${party.Name}
      ) update links set relation_id = (select min(relation_id::text)::uuid from theirs)
        where relation_id in (select relation_id from theirs)`),
  );
}

/** People change the address, the bank account number and the person, here and there, and add an address for invoices. */
export function editSharedParts(sandbox: Sandbox): void {
  const [first, second] = bothDivisions(sandbox);
  change(sandbox, first, { table: 'Addresses', known: postal, fields: { AddressLine1: 'Postbus 22' } });
  change(sandbox, first, {
    table: 'BankAccounts',
    known: bank,
    fields: { BankAccount: 'NL20INGB0001234567' },
  });
  change(sandbox, second, { table: 'Contacts', known: person, fields: { BusinessPhone: '0318-771002' } });
  const Account = accountOf(first);
  make(sandbox, first, {
    entity: 'crm/Addresses',
    fields: { Account, ...postal, Type: 3, AddressLine1: 'Postbus 3' },
  });
}

/** A person says that the new bank account number is right. Says whether there was a question. */
export async function approveNumber(services: Services, tenantId: TenantId): Promise<boolean> {
  const [question] = await read<{ id: string; version: number }>(
    services,
    tenantId,
    sql`select id, version from issues where cause = 'bank-account-changed' and state = 'open' order by cause_key limit 1`,
  );
  if (!question) return false;
  const issueId = asId<IssueId>(question.id);
  expectOk(await approveChange(services.deps, { tenantId, issueId, version: question.version, actor: anna }));
  return true;
}

function bothDivisions({ world }: Sandbox): readonly [Division, Division] {
  const [first, second] = world.divisions;
  if (!first || !second) throw new Error('the world has too few administrations');
  return [first, second];
}

function make(
  { edits }: Sandbox,
  { code }: Division,
  { entity, fields }: { readonly entity: string; readonly fields: Readonly<Record<string, unknown>> },
): string {
  const made = edits.create({ division: code, entity }, fields);
  if (!made.ok) throw new Error(`the sandbox refused ${entity}: ${made.error.message ?? made.error.kind}`);
  return made.value.id;
}

interface Change {
  readonly table: PartTable;
  readonly known: Readonly<Record<string, unknown>>;
  readonly fields: Readonly<Record<string, unknown>>;
}

function change({ edits }: Sandbox, division: Division, { table, known, fields }: Change): void {
  const rows = [...division.tables[table].all()];
  const row = rows.find((each) => Object.entries(known).every(([name, value]) => each[name] === value));
  if (!row) throw new Error(`the world lacks one of ${table}`);
  const at = { division: division.code, entity: `crm/${table}`, id: division.tables[table].guid(row.$row) };
  const edited = edits.edit(at, fields);
  if (!edited.ok)
    throw new Error(`the sandbox refused an edit: ${edited.error.message ?? edited.error.kind}`);
}

function accountOf({ tables: { Accounts } }: Division): string {
  const row = [...Accounts.all()].find((each) => each['Name'] === party.Name);
  if (!row) throw new Error('the world lacks the company');
  return Accounts.guid(row.$row);
}
