import type { Sql } from 'postgres';
import { shownRecords, type Sandbox } from '@koppel/exact-sandbox';
import type { Evidence } from './check.js';
import { mirrored, type Facts } from './mirrored-fields.js';

type Table = keyof typeof mirrored;
type Division = Sandbox['world']['divisions'][number];

/** A record as Koppel holds it. */
interface Held {
  readonly id: string;
  readonly facts: Facts;
  /** Null where Koppel never heard of one. */
  readonly version: string | null;
  /** In epoch milliseconds; null where Koppel does not keep it. */
  readonly modifiedAt: number | null;
}

const linesMax = 5;

/**
 * I1, I3 and I8: what Koppel holds of every administration is what Exact holds, record by record and field by field; nothing of it is newer
 * than Exact's own.
 */
export async function checkMirror({ sql, sandbox, divisions }: Evidence): Promise<string[]> {
  const wrong: string[] = [];
  for (const code of divisions) {
    const division = sandbox.world.division(code);
    if (!division) throw new Error(`no administration ${code}`);
    wrong.push(...compare(division, 'Accounts', await accountsHeld(sql, code)));
    for (const [table, kind] of Object.entries(partKinds))
      wrong.push(...compare(division, table as Table, await partsHeld(sql, code, kind)));
    for (const [table, kind] of Object.entries(masterKinds))
      wrong.push(...compare(division, table as Table, await mastersHeld(sql, code, kind)));
    wrong.push(...(await checkDeleted(sql, division)));
  }
  return [...wrong, ...(await checkDoubles(sql))];
}

/** What is wrong with what is held of one table. */
export function compare(division: Division, table: Table, rows: readonly Held[]): string[] {
  const where = `I1 ${division.code} ${table}`;
  const held = new Map(rows.map((row) => [row.id, row]));
  const truth = new Map(shownRecords(division, table).map((record) => [record.id, record]));
  const lacking = [...truth.keys()].filter((id) => !held.has(id)).map((id) => `${where}: ${id} is lacking`);
  const surplus = [...held.keys()].filter((id) => !truth.has(id)).map((id) => `${where}: ${id} is too many`);
  const other: string[] = [];
  const ahead: string[] = [];
  for (const [id, record] of truth) {
    const row = held.get(id);
    if (!row) continue;
    const differences = differencesOf(row.facts, mirrored[table](record));
    if (row.modifiedAt !== null && !isShownAlike(row.modifiedAt, record.modifiedAt))
      differences.push(`${told(row.modifiedAt)} as last change, which was ${told(record.modifiedAt)}`);
    if (differences.length > 0) other.push(`${where}: ${id} has ${differences.join('; ')}`);
    if (row.version !== null && BigInt(row.version) > record.version)
      ahead.push(`I3 ${division.code} ${table}: ${id} has row version ${row.version}, above Exact's own`);
  }
  return [lacking, surplus, other, ahead].flatMap((lines) => shortened(lines));
}

const exactClock = new Intl.DateTimeFormat('sv', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: 'Europe/Amsterdam',
});

/** Exact shows its own wall clock: in the hour that comes twice in October nobody can tell which of both it was. */
export function isShownAlike(one: number, other: number): boolean {
  return one % 1_000 === other % 1_000 && exactClock.format(one) === exactClock.format(other);
}

function told(ms: number): string {
  return new Date(ms).toISOString();
}

function shortened(lines: readonly string[]): string[] {
  const left = lines.length - linesMax;
  return left > 0 ? [...lines.slice(0, linesMax), `${lines[0]} … and ${left} more like this`] : [...lines];
}

/** Field by field; one that only one side knows is a difference too. */
function differencesOf(held: Facts, truth: Facts): string[] {
  return [...new Set([...Object.keys(held), ...Object.keys(truth)])]
    .filter((name) => canonical(held[name]) !== canonical(truth[name]))
    .map((name) => `${name} ${canonical(held[name])}, which is ${canonical(truth[name])}`);
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(JSON.stringify(value));
  return JSON.stringify(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

interface AccountHeld extends Omit<Held, 'facts'> {
  readonly facts: Readonly<Record<'shared' | 'local', Facts>>;
  readonly columns: Facts;
}

async function accountsHeld(sql: Sql, code: number): Promise<Held[]> {
  const rows = await sql<AccountHeld[]>`
    select s.exact_id as id, s.row_version::text as version, s.fields as facts,
      (extract(epoch from s.modified_at) * 1000)::float8 as "modifiedAt",
      json_build_object('name', s.name, 'code', s.code, 'isCustomer', s.is_customer, 'isSupplier', s.is_supplier,
        'isBlocked', s.is_blocked, 'endsOn', s.ends_on) as columns
    from source_relations s join administrations a on a.id = s.administration_id
    where a.division = ${code} and s.state = 'present'`;
  return rows.map(({ id, version, modifiedAt, facts: { shared, local }, columns }) => {
    const facts = { ...columns, ...under('shared', shared), ...under('local', local) };
    return { id, version, modifiedAt, facts };
  });
}

function under(name: string, facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).map(([field, value]) => [`${name}.${field}`, value]));
}

const partKinds = { Contacts: 'contact', Addresses: 'address', BankAccounts: 'bank-account' } as const;

/** Parts go with their account: Exact tells of deleted accounts, and not of their bank accounts. */
async function partsHeld(sql: Sql, code: number, kind: string): Promise<Held[]> {
  const rows = await sql<(Held & { account: string | null })[]>`
    select p.exact_id as id, p.row_version::text as version, p.fields as facts, p.account_exact_id as account,
      (extract(epoch from p.modified_at) * 1000)::float8 as "modifiedAt"
    from source_parts p join administrations a on a.id = p.administration_id
      join source_relations s on s.administration_id = p.administration_id and s.exact_id = p.account_exact_id
    where a.division = ${code} and p.kind = ${kind} and p.state = 'present' and s.state = 'present'`;
  return rows.map(({ account, facts, ...row }) => ({ ...row, facts: { ...facts, account } }));
}

const masterKinds = {
  GLAccounts: 'gl-accounts',
  Journals: 'journals',
  VATCodes: 'vat-codes',
  PaymentConditions: 'payment-conditions',
  Costcenters: 'cost-centers',
  Costunits: 'cost-units',
} as const;

async function mastersHeld(sql: Sql, code: number, kind: string): Promise<Held[]> {
  const rows = await sql<(Held & { columns: Facts })[]>`
    select m.exact_id as id, m.row_version::text as version, m.fields as facts, null as "modifiedAt",
      json_build_object('code', m.code, 'description', m.description, 'isBlocked', m.is_blocked) as columns
    from masters m join administrations a on a.id = m.administration_id
    where a.division = ${code} and m.kind = ${kind}`;
  return rows.map(({ columns, facts, ...row }) => ({ ...row, facts: { ...facts, ...columns } }));
}

async function checkDeleted(sql: Sql, division: Division): Promise<string[]> {
  const { code, tables } = division;
  const rows = await sql<{ exact_id: string }[]>`
    select s.exact_id from source_relations s join administrations a on a.id = s.administration_id
    where a.division = ${code} and s.state = 'deleted'`;
  return rows
    .filter(({ exact_id }) => tables.Accounts.find(exact_id))
    .map(({ exact_id }) => `I8 ${code} says that account ${exact_id} was deleted, and Exact has it`);
}

async function checkDoubles(sql: Sql): Promise<string[]> {
  const rows = await sql<{ what: string; count: number }[]>`
    select 'links of one account and role' as what, count(*)::int as count from
      (select from links where state = 'linked' group by source_relation_id, role having count(*) > 1) as doubled
    union all select 'accounts without a link', count(*)::int from source_relations s
      where s.state = 'present' and not s.is_own_company and not exists (select from links l where l.source_relation_id = s.id)
    union all select 'links to what is not active', count(*)::int from links l join relations r on r.id = l.relation_id
      where l.state = 'linked' and r.state <> 'active'`;
  return rows.filter(({ count }) => count > 0).map(({ what, count }) => `I2 ${count} ${what}`);
}
