import type { TenantId } from '@koppel/domain/kernel';
import type postgres from 'postgres';

export interface Canaries {
  /** A text that stands in every text column of the tenant's rows. */
  readonly mark: string;
  /** The id of the row in a table. */
  idIn(table: string): string;
  /** Tables whose row is no longer what it was. */
  changedTables(sql: postgres.Sql): Promise<string[]>;
}

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
}

const mark = 'canary-of-another-tenant';
/** Who a tenant's people are is made by the test itself. */
const skipped = new Set(['memberships', 'outbox']);

/** One row of a tenant in every table that has a tenant, every column filled, with a mark in every text. As the owner. */
export async function fillWithCanaries(sql: postgres.Sql, tenantId: TenantId): Promise<Canaries> {
  const columns = await sql<Column[]>`
    select c.table_name as table, c.column_name as name, c.udt_name as type
    from information_schema.columns c
    where c.table_schema = 'public' and c.is_identity = 'NO' and exists (
      select from information_schema.columns t
      where t.table_schema = 'public' and t.table_name = c.table_name and t.column_name = 'tenant_id')
    order by c.table_name, c.ordinal_position`;
  const tables = [...new Set(columns.map((column) => column.table))].filter((table) => !skipped.has(table));
  const ids = new Map<string, string>();
  for (const [index, table] of tables.entries()) {
    const id = `0190aaaa-0000-7000-8000-${String(index).padStart(12, '0')}`;
    ids.set(table, id);
    const own = columns.filter((column) => column.table === table);
    const row = Object.fromEntries(own.map((column) => [column.name, valueOf(column, { id, tenantId })]));
    await insert(sql, tenantId, { table, row });
  }
  const before = await snapshot(sql, tenantId, tables);
  return {
    mark,
    idIn: (table) => {
      const id = ids.get(table);
      if (id === undefined) throw new Error(`no canary in table "${table}"`);
      return id;
    },
    changedTables: async (later) => {
      const after = await snapshot(later, tenantId, tables);
      return tables.filter((table) => before.get(table) !== after.get(table));
    },
  };
}

function valueOf(column: Column, { id, tenantId }: { id: string; tenantId: TenantId }): unknown {
  if (column.name === 'tenant_id') return tenantId;
  if (column.name === 'id') return id;
  const values: Readonly<Record<string, unknown>> = {
    uuid: id,
    text: mark,
    timestamptz: new Date('2026-01-01T00:00:00Z'),
    int4: 1,
    int8: 1,
    float8: 0.5,
    bool: false,
    jsonb: JSON.stringify({ name: mark }),
    _text: [mark],
    _uuid: [id],
    bytea: Buffer.from(mark),
  };
  if (!(column.type in values))
    throw new Error(`no value for type ${column.type} of ${column.table}.${column.name}`);
  return values[column.type];
}

/** Row-level security is forced on the owner too, so he writes as the tenant. */
async function insert(
  sql: postgres.Sql,
  tenantId: TenantId,
  of: { table: string; row: Record<string, unknown> },
) {
  await sql.begin(async (tx) => {
    await tx`select set_config('role', 'koppel_app', true), set_config('app.tenant_id', ${tenantId}, true)`;
    await tx`insert into ${tx(of.table)} ${tx(of.row as Record<string, never>)}`;
  });
}

async function snapshot(
  sql: postgres.Sql,
  tenantId: TenantId,
  tables: readonly string[],
): Promise<Map<string, string>> {
  const rows = new Map<string, string>();
  await sql.begin(async (tx) => {
    await tx`select set_config('role', 'koppel_app', true), set_config('app.tenant_id', ${tenantId}, true)`;
    for (const table of tables)
      rows.set(table, JSON.stringify(await tx`select t::text as row from ${tx(table)} t`));
  });
  return rows;
}
