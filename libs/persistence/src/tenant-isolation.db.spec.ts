import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { connect, inSystem, inTenant, type Database } from './database.js';
import { administrations, tenants } from './schema/index.js';
import { createTestDatabase } from './testing/test-db.js';

const tenantsCount = 20;
const requests = 200;
const ids = Array.from({ length: tenantsCount }, (_, index) =>
  asId<TenantId>(`00000000-0000-7000-8000-${String(index + 1).padStart(12, '0')}`),
);

let database: Database;
let owner: postgres.Sql;
let drop: () => Promise<void>;
let url: string;
beforeAll(async () => {
  const test = await createTestDatabase();
  database = connect(test.url, { max: 5 });
  owner = postgres(test.url, { max: 1 });
  ({ drop, url } = test);
  for (const id of ids) {
    await inSystem(database, (tx) => tx.insert(tenants).values({ id, name: id, createdAt: new Date() }));
    await inTenant(database, id, (tx) => tx.insert(administrations).values(anAdministrationRow(id)));
  }
});
afterAll(async () => {
  await owner.end();
  await database.close();
  await drop();
});

function anAdministrationRow(tenantId: TenantId) {
  return {
    id: tenantId.replace('-7000-', '-7001-'),
    tenantId,
    connectionId: tenantId,
    region: 'nl',
    division: 1,
    name: tenantId,
    state: 'available',
    listedAt: new Date(),
  };
}

interface SecuredTable {
  readonly name: string;
  readonly enabled: boolean;
  readonly forced: boolean;
  readonly policies: number;
}

describe('tenant isolation in the database', () => {
  it('forces row-level security with a reading and a writing condition on every table that has a tenant', async () => {
    const tables = await owner<SecuredTable[]>`
      select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
        (select count(*)::int from pg_policies p
          where p.schemaname = 'public' and p.tablename = c.relname and 'koppel_app' = any (p.roles)
            and p.qual like '%app.tenant_id%' and p.with_check like '%app.tenant_id%') as policies
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`;
    expect(tables.length).toBeGreaterThan(20);
    for (const table of tables) expect(table).toMatchObject({ enabled: true, forced: true, policies: 1 });
  });

  it('works as roles that own nothing, are no superusers and bypass nothing', async () => {
    const roles = await owner`
      select rolname as name, rolsuper as super, rolbypassrls as bypass, rolcanlogin as login,
        (select count(*)::int from pg_class where relowner = r.oid) as owned
      from pg_roles r where rolname in ('koppel_app', 'koppel_system') order by rolname`;
    expect(roles.map((role) => ({ ...role }))).toEqual(
      ['koppel_app', 'koppel_system'].map((name) => ({
        name,
        super: false,
        bypass: false,
        login: false,
        owned: 0,
      })),
    );
    const creates = await owner`select has_schema_privilege('koppel_app', 'public', 'create') as may`;
    expect(creates[0]).toEqual({ may: false });
  });

  it('has no view that would read with the rights of its owner', async () => {
    const views = await owner`select viewname from pg_views where schemaname = 'public'`;
    expect(views).toHaveLength(0);
  });

  it('begins every unique index of a tenant’s table with the tenant, or with an id or hash that nobody chooses', async () => {
    const indexes = await owner<{ name: string; first: string }[]>`
      select i.indexrelid::regclass::text as name, a.attname as first
      from pg_index i
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      join pg_attribute t on t.attrelid = i.indrelid and t.attname = 'tenant_id'
      where i.indisunique and i.indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)`;
    const others = indexes.filter(
      (index) => !['tenant_id', 'id', 'state_hash', 'key_hash'].includes(index.first),
    );
    expect(others).toEqual([]);
  });

  it('shows nothing to a transaction that was opened for no tenant', async () => {
    const seen = await database.db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('role', 'koppel_app', true)`);
      return { rows: await tx.select().from(administrations), tenants: await tx.select().from(tenants) };
    });
    expect(seen).toEqual({ rows: [], tenants: [] });
  });

  it('leaves neither role nor tenant behind on the connection', async () => {
    const single = connect(url, { max: 1 });
    await inTenant(single, ids[0]!, (tx) => tx.select().from(administrations)); // there are twenty ids
    const [left] = await single.db.execute<{ role: string; tenant: string | null }>(
      sql`select current_user as role, nullif(current_setting('app.tenant_id', true), '') as tenant`,
    );
    await single.close();
    expect(left?.tenant).toBeNull();
    expect(left?.role).not.toBe('koppel_app');
  });

  it('refuses to write a row for another tenant, and changes none of his', async () => {
    const [mine, other] = [ids[0]!, ids[1]!]; // there are twenty ids
    const foreign = {
      ...anAdministrationRow(other),
      id: '00000000-0000-7002-8000-000000000001',
      division: 2,
    };
    await expect(
      inTenant(database, mine, (tx) => tx.insert(administrations).values(foreign)),
    ).rejects.toThrow();
    const changed = await inTenant(database, mine, (tx) =>
      tx
        .update(administrations)
        .set({ name: 'taken over' })
        .returning({ tenantId: administrations.tenantId }),
    );
    expect(changed).toEqual([{ tenantId: mine }]);
    await inTenant(database, mine, (tx) => tx.update(administrations).set({ name: mine }));
  });

  it(`mixes nothing up in ${requests} parallel requests of ${tenantsCount} tenants on 5 connections`, async () => {
    const seen = await Promise.all(
      Array.from({ length: requests }, async (_, index) => {
        const tenantId = ids[index % tenantsCount]!; // within the list
        const rows = await inTenant(database, tenantId, (tx) => tx.select().from(administrations));
        return { tenantId, rows: rows.map((row) => [row.tenantId, row.name]) };
      }),
    );
    expect(
      seen.filter(({ tenantId, rows }) => JSON.stringify(rows) !== JSON.stringify([[tenantId, tenantId]])),
    ).toEqual([]);
  });
});
