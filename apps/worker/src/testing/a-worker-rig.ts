import { DEMO_CLIENT, startSandbox, type Sandbox, type SandboxOptions } from '@koppel/exact-sandbox';
import {
  connect,
  dispatchOutbox,
  DrizzleUnitOfWork,
  type Database,
  type OutboxEntry,
} from '@koppel/persistence';
import { createTestDatabase } from '@koppel/persistence/testing';
import { sql } from 'drizzle-orm';
import { readConfig, type Config, type Timings } from '../config.js';
import { createServices, type ServicesOptions } from '../create-services.js';
import { systemChance } from '../deps.js';
import { handleMessage } from '../handle-message.js';
import { createLog } from '../log.js';
import { messageKinds } from '../queues.js';
import type { Services } from '../services.js';
import { aMovableClock, type MovableClock } from './a-clock.js';
import { someKeys } from './a-coupled-tenant.js';

export interface WorkerRig {
  readonly sandbox: Sandbox;
  readonly database: Database;
  readonly databaseUrl: string;
  readonly uow: DrizzleUnitOfWork;
  readonly services: Services;
  readonly clock: MovableClock;
  readonly config: Config;
  /** Other services over the same database and Exact: another worker process. */
  anotherWorker(): Services;
  /** Moves our clock, the sandbox's and what waits in the outbox. */
  advance(ms: number): Promise<void>;
  /** Handles messages until none is left; those to be looked at later wait for the next call. */
  drain(services?: Services): Promise<void>;
  /** The times at which waiting messages are to be looked at. */
  readonly waiting: { readonly entry: OutboxEntry; readonly at: Date }[];
  close(): Promise<void>;
}

const roundsMax = 500;

/** Settings beside those that every rig has. */
type Env = Readonly<Record<string, string>>;

/** A worker's insides against a sandbox and a real database, without the queue: messages are handled in the spec's own time. */
export async function aWorkerRig(
  options: { sandbox?: SandboxOptions; timings?: Partial<Timings>; env?: Env } = {},
): Promise<WorkerRig> {
  const clock = aMovableClock();
  const sandbox = await startSandbox({ clock: { startsAt: clock.now().toISOString() }, ...options.sandbox });
  const test = await createTestDatabase();
  const { timings = {}, env = {} } = options;
  const config = aConfig({ databaseUrl: test.url, exactUrl: sandbox.url, timings, env });
  const rig = rigOver({ sandbox, clock, config, databaseUrl: test.url });
  return {
    ...rig,
    close: async () => {
      await rig.close();
      await sandbox.stop();
      await test.drop();
    },
  };
}

/** The same Exact and the same time over another database, where nobody else saves a token that is waited for. Closing it leaves the first rig open. */
export function aRigOver({ sandbox, clock, config }: WorkerRig, databaseUrl: string): WorkerRig {
  return rigOver({ sandbox, clock, config, databaseUrl, wait: () => Promise.resolve() });
}

type Place = Pick<WorkerRig, 'sandbox' | 'clock' | 'config' | 'databaseUrl'> & Pick<ServicesOptions, 'wait'>;

function rigOver({ sandbox, clock, config, databaseUrl, wait }: Place): WorkerRig {
  const database = connect(databaseUrl, { max: 8 });
  const chance = { ...systemChance, now: clock.now };
  const log = createLog(config);
  const make = () =>
    createServices({ config, database, chance, log, wait, stopping: new AbortController().signal });
  const services = make();
  const waiting: WorkerRig['waiting'] = [];
  return {
    sandbox,
    database,
    databaseUrl,
    uow: new DrizzleUnitOfWork(database),
    services,
    clock,
    config,
    waiting,
    anotherWorker: make,
    advance: async (ms) => {
      clock.advance(ms);
      await sandbox.clock.advance(ms);
      await database.db.execute(
        sql`update outbox set available_at = now() where dispatched_at is null and available_at <= ${clock.now().toISOString()}::timestamptz`,
      );
    },
    drain: (by = services) => drain(database, by, waiting),
    close: () => database.close(),
  };
}

export function aConfig(over: {
  databaseUrl: string;
  exactUrl: string;
  timings?: Partial<Timings>;
  redisUrl?: string;
  env?: Env;
}): Config {
  return readConfig({
    DATABASE_URL: over.databaseUrl,
    REDIS_URL: over.redisUrl,
    LOG_LEVEL: process.env['WORKER_SPEC_LOG'] ?? 'silent',
    ENCRYPTION_KEYS: JSON.stringify(someKeys),
    ENCRYPTION_KEY_ID: 'k1',
    EXACT_CLIENT_ID: DEMO_CLIENT.clientId,
    EXACT_CLIENT_SECRET: DEMO_CLIENT.clientSecret,
    EXACT_BASE_URL_NL: over.exactUrl,
    WORKER_TIMINGS: JSON.stringify(over.timings ?? {}),
    ...over.env,
  });
}

/** Handles one message after another; side by side is for the specs of races. */
async function drain(database: Database, services: Services, waiting: WorkerRig['waiting']): Promise<void> {
  const now = services.deps.now();
  const due = waiting.filter(({ at }) => at <= now).map(({ entry }) => entry);
  waiting.splice(0, waiting.length, ...waiting.filter(({ at }) => at > now));
  const ready: OutboxEntry[] = [...due];
  const portion = { limit: 100, kinds: messageKinds };
  for (let round = 0; round < roundsMax; round += 1) {
    await dispatchOutbox(database, portion, async (entries) => void ready.push(...entries));
    const entry = ready.shift();
    if (!entry) return;
    const handled = await handleMessage(services, entry.tenantId, entry.message);
    if (handled.kind === 'later') waiting.push({ entry, at: handled.at });
  }
  throw new Error('messages without end');
}
