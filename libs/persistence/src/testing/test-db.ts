import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import type {} from './global-setup.js';

export interface TestDatabase {
  /** Connects as the owner of a migrated, empty database that nobody else uses. */
  readonly url: string;
  /** Removes it, also when connections are still open. */
  drop(): Promise<void>;
}

/** Clones the migrated template (tens of milliseconds). For specs of the vitest project `database`, once per spec file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return create(`template ${inject('testDatabase').template}`);
}

/** One without any tables, for specs about migrating. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return create('');
}

/** A copy of a database as it is now, as a backup holds it; whoever is connected to that one loses the connection. */
export async function copyDatabase(url: string): Promise<TestDatabase> {
  const source = new URL(url).pathname.slice(1);
  const { serverUrl } = inject('testDatabase');
  await execute(
    serverUrl,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${source}'`,
  );
  return create(`template ${source}`);
}

async function create(from: string): Promise<TestDatabase> {
  const { serverUrl } = inject('testDatabase');
  const name = `koppel_test_${randomBytes(6).toString('hex')}`;
  await execute(serverUrl, `create database ${name} ${from}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(serverUrl, `drop database if exists ${name} with (force)`) };
}

async function execute(serverUrl: string, statement: string): Promise<void> {
  const sql = postgres(serverUrl, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
