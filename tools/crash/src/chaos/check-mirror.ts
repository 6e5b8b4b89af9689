import type { Sql } from 'postgres';
import type { Sandbox } from '@koppel/exact-sandbox';
import type { Evidence } from './check.js';

type Row = Readonly<Record<string, unknown>>;

const linesMax = 5;

/** I1, I3 and I8: what Koppel holds of every administration is what Exact holds, record by record; no cursor is ahead of it. */
export async function checkMirror({ sql, sandbox, divisions }: Evidence): Promise<string[]> {
  const wrong: string[] = [];
  for (const code of divisions) {
    const truth = accountsOf(sandbox, code);
    const mirror = await mirrorOf(sql, code);
    const lacking = [...truth]
      .filter(([id]) => !mirror.has(id))
      .map(([id]) => `I1 ${code} lacks account ${id}`);
    const surplus = [...mirror]
      .filter(([id]) => !truth.has(id))
      .map(([id]) => `I1 ${code} still has account ${id}`);
    const other = [...truth]
      .filter(([id, facts]) => mirror.has(id) && mirror.get(id) !== facts)
      .map(([id, facts]) => `I1 ${code} holds account ${id} as ${mirror.get(id)}, which is ${facts}`);
    wrong.push(...lacking.slice(0, linesMax), ...surplus.slice(0, linesMax), ...other.slice(0, linesMax));
    wrong.push(...(await checkParts(sql, sandbox, code)), ...(await checkDeleted(sql, truth, code)));
  }
  return [...wrong, ...(await checkDoubles(sql))];
}

function accountsOf(sandbox: Sandbox, code: number): Map<string, string> {
  const table = divisionOf(sandbox, code).tables.Accounts;
  return new Map(
    [...table.all()].map((row) => [
      table.guid(row.$row),
      JSON.stringify([row['Name'], row['Email'], row['Phone']].map(clean)),
    ]),
  );
}

async function mirrorOf(sql: Sql, code: number): Promise<Map<string, string>> {
  const rows = await sql<{ exact_id: string; facts: (string | null)[] }[]>`
    select s.exact_id, json_build_array(s.name, s.fields -> 'shared' ->> 'email', s.fields -> 'shared' ->> 'phone') as facts
    from source_relations s join administrations a on a.id = s.administration_id
    where a.division = ${code} and s.state = 'present'`;
  return new Map(rows.map(({ exact_id, facts }) => [exact_id, JSON.stringify(facts.map(clean))]));
}

const partTables = { contact: 'Contacts', address: 'Addresses', 'bank-account': 'BankAccounts' } as const;

/** What is edited of each kind, as Exact has it; the mirror's words for it are in the query. */
const saidIn = {
  contact: (row: Row) => clean(row['BusinessPhone']) || clean(row['Phone']),
  address: (row: Row) => clean(row['AddressLine1']),
  'bank-account': (row: Row) => clean(row['BankAccount']),
} as const;

/** Parts go with their account: Exact tells of deleted accounts, and not of their bank accounts. */
async function checkParts(sql: Sql, sandbox: Sandbox, code: number): Promise<string[]> {
  const { tables } = divisionOf(sandbox, code);
  const rows = await sql<{ kind: keyof typeof partTables; id: string; said: string | null }[]>`
    select p.kind, p.exact_id as id,
      case p.kind when 'contact' then p.fields ->> 'phone' when 'address' then p.fields ->> 'line1' else p.fields ->> 'number' end as said from source_parts p join administrations a on a.id = p.administration_id
      join source_relations s on s.administration_id = p.administration_id and s.exact_id = p.account_exact_id
    where a.division = ${code} and p.state = 'present' and s.state = 'present'`;
  return (['contact', 'address', 'bank-account'] as const).flatMap((kind) => {
    const table = tables[partTables[kind]];
    const truth = new Map([...table.all()].map((row) => [table.guid(row.$row), saidIn[kind](row)]));
    const mirror = new Map(rows.filter((row) => row.kind === kind).map(({ id, said }) => [id, clean(said)]));
    const lacking = [...truth.keys()].filter((id) => !mirror.has(id)).length;
    const surplus = [...mirror.keys()].filter((id) => !truth.has(id)).length;
    const other = [...truth].filter(([id, said]) => mirror.has(id) && mirror.get(id) !== said);
    const counts =
      lacking + surplus > 0
        ? [`I1 ${code} lacks ${lacking} and has ${surplus} too many of ${partTables[kind]}`]
        : [];
    const different = other.map(
      ([id, said]) => `I1 ${code} holds ${kind} ${id} as ${mirror.get(id)}, which is ${said}`,
    );
    return [...counts, ...different.slice(0, linesMax)];
  });
}

async function checkDeleted(sql: Sql, truth: ReadonlyMap<string, string>, code: number): Promise<string[]> {
  const rows = await sql<{ exact_id: string }[]>`
    select s.exact_id from source_relations s join administrations a on a.id = s.administration_id
    where a.division = ${code} and s.state = 'deleted'`;
  return rows
    .filter(({ exact_id }) => truth.has(exact_id))
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

function divisionOf(sandbox: Sandbox, code: number) {
  const division = sandbox.world.division(code);
  if (!division) throw new Error(`no administration ${code}`);
  return division;
}

/** As the client cleans it: what cannot be stored is taken out, the rest trimmed; nothing is nothing. */
function clean(value: unknown): string {
  return typeof value === 'string' ? value.replace(/[\0\p{Surrogate}]/gu, '').trim() : '';
}
