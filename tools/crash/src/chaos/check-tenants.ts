import type { Sql } from 'postgres';
import type { Sandbox } from '@koppel/exact-sandbox';

export interface Neighbourhood {
  readonly sql: Sql;
  readonly sandbox: Sandbox;
  /** By the address of a member: the administrations that its organisation may see. */
  readonly divisionsByEmail: ReadonlyMap<string, readonly number[]>;
}

/** What a column of this name points at. */
const owners = {
  administration_id: 'administrations',
  connection_id: 'connections',
  relation_id: 'relations',
  run_id: 'sync_runs',
  source_relation_id: 'source_relations',
} as const;

/** I7: nobody has an administration or a record of a neighbour, and no row of one points at a row of another. */
export async function checkTenants(place: Neighbourhood): Promise<string[]> {
  const wrong = await checkPointers(place.sql);
  for (const [email, divisions] of place.divisionsByEmail)
    wrong.push(...(await checkHousehold(place, email, divisions)));
  return wrong;
}

async function checkPointers(sql: Sql): Promise<string[]> {
  const pointers = await sql<{ table: string; column: keyof typeof owners }[]>`
    select c.table_name as table, c.column_name as column from information_schema.columns c
      join information_schema.columns t on t.table_schema = c.table_schema and t.table_name = c.table_name
    where c.table_schema = 'public' and t.column_name = 'tenant_id' and c.column_name = any(${Object.keys(owners)})`;
  if (pointers.length === 0)
    throw new Error('no table points at what a tenant owns: the schema was not found');
  const wrong: string[] = [];
  for (const { table, column } of pointers) {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count
      from ${sql(table)} mine join ${sql(owners[column])} other on other.id = mine.${sql(column)}
      where other.tenant_id <> mine.tenant_id`;
    if (row && row.count > 0)
      wrong.push(`I7 ${row.count} rows of ${table} have the ${column} of a neighbour`);
  }
  return wrong;
}

async function checkHousehold(
  { sql, sandbox }: Neighbourhood,
  email: string,
  divisions: readonly number[],
): Promise<string[]> {
  const [member] = await sql<{ tenant_id: string }[]>`
    select m.tenant_id from memberships m join users u on u.id = m.user_id where u.email = ${email}`;
  if (!member) throw new Error(`${email} belongs to no organisation`);
  const foreign = sandbox.world.divisions.filter(({ code }) => !divisions.includes(code));
  const coupled = await sql<{ division: number }[]>`
    select division from administrations where tenant_id = ${member.tenant_id} and state <> 'available'`;
  const surplus = coupled.filter(({ division }) => !divisions.includes(division));
  const ids = foreign.flatMap(({ tables }) =>
    [tables.Accounts, tables.Contacts, tables.Addresses, tables.BankAccounts].flatMap((table) =>
      [...table.all()].map((row) => table.guid(row.$row)),
    ),
  );
  const [held] = await sql<{ accounts: number; parts: number }[]>`select
    (select count(*)::int from source_relations where tenant_id = ${member.tenant_id} and exact_id = any(${ids}::uuid[])) as accounts,
    (select count(*)::int from source_parts where tenant_id = ${member.tenant_id} and exact_id = any(${ids}::uuid[])) as parts`;
  return [
    ...(coupled.length === 0 ? [`I7 ${email} has no administration, so that nothing could be seen`] : []),
    ...surplus.map(({ division }) => `I7 ${email} has administration ${division} of a neighbour`),
    ...Object.entries(held ?? {})
      .filter(([, count]) => count > 0)
      .map(([what, count]) => `I7 ${email} has ${count} ${what} of a neighbour`),
  ];
}
