import path from 'node:path';
import postgres from 'postgres';
import { applyMigrations, givingWay, type Patience } from './apply-migrations.js';

const migrationsFolder = path.resolve(import.meta.dirname, '../migrations');
/** Any number, as long as every Koppel uses the same: two migrators wait for each other. */
const advisoryLock = 7_205_511;

const createRoles = `do $$
begin
  if not exists (select from pg_roles where rolname = 'koppel_app') then create role koppel_app nologin; end if;
  if not exists (select from pg_roles where rolname = 'koppel_system') then create role koppel_system nologin; end if;
exception when unique_violation or duplicate_object then null; -- another database of the cluster was quicker
end $$`;

/** Drizzle generates ENABLE but not FORCE, and no grants; this adds both to every table that lacks them; the others are not locked. */
const secureTables = `do $$
declare name text;
begin
  for name in select tablename from pg_tables where schemaname = 'public' and exists (
    select from unnest(array['koppel_app', 'koppel_system']) role, unnest(array['select', 'insert', 'update', 'delete']) act
    where not has_table_privilege(role, format('public.%I', tablename)::regclass, act)) loop
    execute format('grant select, insert, update, delete on public.%I to koppel_app, koppel_system', name);
  end loop;
  for name in select relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity and not relforcerowsecurity loop
    execute format('alter table public.%I force row level security', name);
  end loop;
  grant usage on schema public to koppel_app, koppel_system;
  grant usage on all sequences in schema public to koppel_app, koppel_system;
end $$`;

/** A try holds others up for two seconds at most (F90), and the tries go on for three minutes. */
const patient: Patience = { lockTimeoutMs: 2_000, pauseMs: 1_000, triesMax: 60 };

export interface MigrateOptions {
  /** Another folder with a journal of drizzle-kit. */
  readonly folder?: string;
  readonly patience?: Partial<Patience>;
}

/**
 * Brings a database (PostgreSQL 15 or newer) up to date: roles, tables, policies, grants. Safe to run from several processes at
 * once, and beside a product that is running. Throws MigrationBlocked when a table stays locked, and what Postgres says when the
 * user may not create roles or tables.
 */
export async function migrate(databaseUrl: string, options: MigrateOptions = {}): Promise<void> {
  const { folder = migrationsFolder } = options;
  const patience = { ...patient, ...options.patience };
  const client = postgres(databaseUrl, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    await client`select pg_advisory_lock(${advisoryLock})`;
    await client.unsafe(createRoles);
    await client.unsafe('grant koppel_app, koppel_system to current_user');
    await applyMigrations(client, { folder, patience });
    await givingWay(client, { patience, work: (tx) => tx.unsafe(secureTables) });
  } finally {
    await client.end({ timeout: 5 });
  }
}
