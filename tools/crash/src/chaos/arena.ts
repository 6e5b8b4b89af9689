import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import postgres, { type Sql } from 'postgres';
import { migrateAll } from '@koppel/embedded';
import { DEMO_CLIENT, startSandbox } from '@koppel/exact-sandbox';
import { AttackedPostgres } from './attacked-postgres.js';
import { AttackedRedis } from './attacked-redis.js';
import { ChaosProxy } from './chaos-proxy.js';
import { canary } from './exact-editor.js';
import { Herd } from './herd.js';
import { LeakWatch } from './leak-watch.js';
import type { Victims } from './nemesis.js';

const root = path.resolve(import.meta.dirname, '../../../..');
const mainOf = (app: 'api' | 'worker') => path.join(root, `apps/${app}/dist/main.js`);

export interface ArenaOptions {
  readonly seed: number;
  readonly apis: number;
  readonly workers: number;
  /** Accounts in each of the administrations. */
  readonly relations: number;
  readonly divisions: number;
  /** Calls that Exact allows per minute and administration; its own 60 makes a short run wait. */
  readonly minuteLimit: number;
  readonly redisUrl?: string | undefined;
  /** Puts the queue on a Redis of its own, which is attacked too. */
  readonly hasOwnRedis?: boolean;
}

/** Everything that takes part: several of each process, the database, Exact, and proxies between them. */
export interface Arena extends Victims {
  /** Where people find the portal, whichever api answers. */
  readonly url: string;
  /** Past the proxy, as the owner: for the checker. */
  readonly sql: Sql;
  /** The same, as a connection string. */
  readonly ownerUrl: string;
  readonly leaks: readonly string[];
  /** Resolves when every process has come back and an api can do its work; throws when that takes too long. */
  isUp(): Promise<void>;
  close(): Promise<void>;
}

/** Starts everything and resolves when every process is ready. */
export async function openArena(options: ArenaOptions): Promise<Arena> {
  const folder = await mkdtemp(path.join(tmpdir(), 'koppel-chaos-'));
  const redis = options.hasOwnRedis ? await AttackedRedis.start(folder) : undefined;
  const database = await AttackedPostgres.start(folder);
  const redisUrl = redis?.url ?? options.redisUrl;
  await migrateAll(database.urlBy(database.port), redisUrl);
  const { seed, divisions, relations, minuteLimit } = options;
  const sandbox = await startSandbox({
    world: { seed, divisions, relations, contacts: 1 },
    switches: { minuteLimit, latencyMs: 40, webhookDelayMs: 500, webhookDuplicates: 0.2, webhookLost: 0.2 },
  });
  const toPostgres = await ChaosProxy.open(() => [database.port]);
  const toExact = await ChaosProxy.open(() => [sandbox.port]);
  const apiPorts: { of: () => readonly number[] } = { of: () => [] };
  const toApi = await ChaosProxy.open(() => apiPorts.of());
  const url = `http://127.0.0.1:${toApi.port}`;
  const secrets = secretsOf();
  const databaseUrl = database.urlBy(toPostgres.port);
  const env = environment({ url, databaseUrl, redisUrl, toExact, secrets });
  const leaks = new LeakWatch([
    ...[secrets.encryptionKey, secrets.sessionSecret, new URL(database.urlBy(1)).password],
    ...[DEMO_CLIENT.clientSecret, DEMO_CLIENT.webhookSecret, canary, 'Bearer '],
  ]);
  sandbox.watchTokens(({ accessToken, refreshToken }) => leaks.keepSecret(accessToken, refreshToken));
  const onLine = (line: string): void => leaks.hear(line);
  const workers = new Herd({ name: 'worker', module: mainOf('worker'), env, onLine }, options.workers);
  const apis = new Herd({ name: 'api', module: mainOf('api'), env, onLine }, options.apis);
  apiPorts.of = () => apis.ports;
  const sql = postgres(database.urlBy(database.port), { max: 2, onnotice: () => undefined });
  const close = async (): Promise<void> => {
    await Promise.all([apis.stop(), workers.stop()]);
    await sql.end({ timeout: 5 });
    await Promise.all([toPostgres, toExact, toApi].map((proxy) => proxy.close()));
    await sandbox.stop();
    await database.stop();
    await redis?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await apis.start();
    await workers.start();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    apis,
    workers,
    postgres: database,
    redis,
    sandbox,
    toPostgres,
    toExact,
    toApi,
    url,
    sql,
    ownerUrl: database.urlBy(database.port),
    leaks: leaks.lines,
    isUp: () => isUp(url, [apis, workers]),
    close,
  };
}

const upMaxMs = 120_000;
const lookEveryMs = 100;

async function isUp(url: string, herds: readonly Herd[]): Promise<void> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < upMaxMs) {
    const answer = await fetch(`${url}/health/ready`, {
      signal: AbortSignal.timeout(lookEveryMs * 20),
    }).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok && herds.every(({ isComplete }) => isComplete)) return;
    await delay(lookEveryMs);
  }
  throw new Error('not every process is ready in time');
}

interface Secrets {
  readonly encryptionKey: string;
  readonly sessionSecret: string;
}

function secretsOf(): Secrets {
  const key = (): string => randomBytes(32).toString('base64');
  return { encryptionKey: key(), sessionSecret: key() };
}

interface Place {
  readonly url: string;
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly toExact: ChaosProxy;
  readonly secrets: Secrets;
}

function environment({ url, databaseUrl, redisUrl, toExact, secrets }: Place): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    DATABASE_URL: databaseUrl,
    ...(redisUrl && { REDIS_URL: redisUrl }),
    ENCRYPTION_KEYS: JSON.stringify({ k1: secrets.encryptionKey }),
    ENCRYPTION_KEY_ID: 'k1',
    SESSION_SECRET: secrets.sessionSecret,
    PUBLIC_URL: url,
    API_PORT: '0',
    SEED_DEMO: '1',
    EXACT_CLIENT_ID: DEMO_CLIENT.clientId,
    EXACT_CLIENT_SECRET: DEMO_CLIENT.clientSecret,
    EXACT_WEBHOOK_SECRET: DEMO_CLIENT.webhookSecret,
    EXACT_BASE_URL_NL: `http://127.0.0.1:${toExact.port}`,
    WORKER_TIMINGS: JSON.stringify({ relayEveryMs: 100 }),
  };
}
