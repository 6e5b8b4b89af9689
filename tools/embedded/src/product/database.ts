import path from 'node:path';
import postgres from 'postgres';
import { startPostgres } from '../postgres.js';
import { CrashBudget } from './crash-budget.js';

/** The database of a running Koppel: given, or one that runs along with it. */
export interface ProductDatabase {
  readonly url: string;
  /** Only for one that runs along: SIGKILL, as a crash; it is started again on the same port. */
  kill(): void;
  stop(): Promise<void>;
}

const oldestVersion = 15;

/** Checks a given database: reachable, and PostgreSQL 15 or newer. Throws in words for the person who set DATABASE_URL. */
export async function useDatabase(url: string): Promise<ProductDatabase> {
  const where = new URL(url).host;
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    const [row] = await sql<
      { version: number }[]
    >`select current_setting('server_version_num')::int as version`.catch((cause: Error) => {
      throw new Error(
        `the database of DATABASE_URL (${where}) cannot be used: ${cause.message || String(cause)}`,
        { cause },
      );
    });
    const major = Math.floor((row?.version ?? 0) / 10_000);
    if (major < oldestVersion)
      throw new Error(
        `the database of DATABASE_URL (${where}) is PostgreSQL ${major}; Koppel needs ${oldestVersion} or newer`,
      );
  } finally {
    await sql.end({ timeout: 1 });
  }
  return { url, kill: () => undefined, stop: () => Promise.resolve() };
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly flags?: readonly string[];
  readonly onGivenUp: (reason: Error) => void;
}

/** Starts the embedded PostgreSQL and starts it again, on the same port, when it crashes. */
export async function runDatabase({ dataDir, flags, onGivenUp }: EmbeddedOptions): Promise<ProductDatabase> {
  const options = { dataDir: path.join(dataDir, 'postgres'), ...(flags && { flags }) };
  const budget = new CrashBudget();
  let isStopping = false;
  let running = await startPostgres(options);
  const watch = async (): Promise<void> => {
    await running.ended;
    if (isStopping) return;
    if (budget.pauseAfterCrash(performance.now()) === undefined)
      throw new Error('PostgreSQL crashed too often');
    running = await startPostgres({ ...options, port: running.port });
    if (isStopping) await running.stop();
    else await watch();
  };
  void watch().catch(onGivenUp);
  return {
    url: running.url,
    kill: () => void process.kill(running.pid, 'SIGKILL'),
    stop: () => {
      isStopping = true;
      return running.stop();
    },
  };
}

const load = () => Promise.all([import('@koppel/persistence'), import('bullmq'), import('pg')]);

/** Loads what migrating needs, which takes a second of processor time and fits beside the making of a database. */
export async function prepareMigrations(): Promise<void> {
  await load();
}

/** Brings Koppel's tables and, without a Redis, those of the queue up to date. */
export async function migrateAll(databaseUrl: string, redisUrl?: string): Promise<void> {
  const [{ migrate }] = await load();
  await Promise.all([migrate(databaseUrl), ...(redisUrl ? [] : [migrateQueue(databaseUrl)])]);
}

async function migrateQueue(databaseUrl: string): Promise<void> {
  const [, { runMigrations }, { default: pg }] = await load();
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}
