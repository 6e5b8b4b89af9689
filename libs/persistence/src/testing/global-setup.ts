import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { migrate } from '../migrate.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server that spec files clone their databases on, and the migrated database that they clone. */
    readonly testDatabase: { readonly serverUrl: string; readonly template: string };
  }
}

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

const unsafeButFast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];

/** Gives the database specs one server with one migrated template. A server that does not start stops the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'];
  const server = given ? { url: given, stop: () => Promise.resolve() } : await startEmbedded();
  const template = `koppel_template_${randomBytes(6).toString('hex')}`;
  try {
    await onServer(server.url, (sql) => sql.unsafe(`create database ${template}`));
    await migrate(withDatabase(server.url, template));
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('testDatabase', { serverUrl: server.url, template });
  return async () => {
    await onServer(server.url, (sql) => sql.unsafe(`drop database if exists ${template} with (force)`));
    await server.stop();
  };
}

/** Loaded by its path: the launcher is a tool, and a library may not depend on one. */
async function startEmbedded(): Promise<Server> {
  const source = path.resolve(import.meta.dirname, '../../../../tools/embedded/src/postgres.ts');
  const { startPostgres } = (await import(pathToFileURL(source).href)) as {
    startPostgres: (options: { dataDir: string; flags: readonly string[] }) => Promise<Server>;
  };
  const folder = await mkdtemp(path.join(tmpdir(), 'koppel-test-'));
  const flags = unsafeButFast.flatMap((setting) => ['-c', setting]);
  const server = await startPostgres({ dataDir: path.join(folder, 'data'), flags });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The same server and user, another database. */
function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
