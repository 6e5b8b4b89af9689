import path from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

const migrationsFolder = path.resolve(import.meta.dirname, '../migrations');
/** Any number, as long as every Koppel uses the same: two migrators wait for each other. */
const advisoryLock = 7_205_511;

const createRoles = `do $$
begin
  if not exists (select from pg_roles where rolname = 'koppel_app') then create role koppel_app nologin; end if;
  if not exists (select from pg_roles where rolname = 'koppel_system') then create role koppel_system nologin; end if;
exception when unique_violation or duplicate_object then null; -- another database of the cluster was quicker
end $$`;

/** Drizzle generates ENABLE but not FORCE, and no grants; this adds both to every table, also to new ones. */
const secureTables = `do $$
declare name text;
begin
  for name in select tablename from pg_tables where schemaname = 'public' loop
    execute format('grant select, insert, update, delete on public.%I to koppel_app, koppel_system', name);
    if exists (select from pg_class where oid = format('public.%I', name)::regclass and relrowsecurity) then
      execute format('alter table public.%I force row level security', name);
    end if;
  end loop;
  grant usage on schema public to koppel_app, koppel_system;
  grant usage on all sequences in schema public to koppel_app, koppel_system;
end $$`;

/**
 * Brings a database (PostgreSQL 15 or newer) up to date: roles, tables, policies, grants. Safe to run from several
 * processes at once. Throws what Postgres says when the user may not create roles or tables.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = postgres(databaseUrl, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    await client`select pg_advisory_lock(${advisoryLock})`;
    await client.unsafe(createRoles);
    await client.unsafe('grant koppel_app, koppel_system to current_user');
    await applyMigrations(drizzle(client), { migrationsFolder });
    await client.unsafe(secureTables);
  } finally {
    await client.end({ timeout: 5 });
  }
}
