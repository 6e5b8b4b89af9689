import type { Socket } from 'node:net';
import { sql, type ExtractTablesWithRelations } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase, type PostgresJsTransaction } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { TenantId } from '@koppel/domain/kernel';
import { isByLostConnection } from './lost-connection.js';
import { executePrepared } from './prepared.js';
import { Pulse } from './pulse.js';
import { Turns } from './turns.js';
import { WatchedSockets, type Address } from './watched-socket.js';

type NoSchema = Record<string, never>;
/** A running transaction. */
export type Tx = PostgresJsTransaction<NoSchema, ExtractTablesWithRelations<NoSchema>>;

/** A pool of connections and the drizzle client over it. */
export interface Database {
  readonly db: PostgresJsDatabase;
  /** Bounds how long a transaction waits for a connection; without it as long as it takes. */
  readonly turns?: Turns | undefined;
  /** Finds out within a bound that Postgres answers nothing; without it a statement's own time must be over first. */
  readonly pulse?: Pulse | undefined;
  /** Whether what is begun is part of a transaction that runs already, whose role has to stand again afterwards. */
  readonly isEnclosed?: boolean;
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** Connections at most. */
  readonly max?: number;
  /** A statement that runs longer is cancelled; milliseconds. */
  readonly statementTimeoutMs?: number;
  /** A transaction that gets no connection within so many milliseconds throws NoTurn; left out, it waits. */
  readonly turnWithinMs?: number;
  /**
   * When Postgres itself answers nothing for so long, what waits for it fails, however long a statement may take; left out, that takes
   * as long as a statement may. A new connection has to be made in this time too.
   */
  readonly answersWithinMs?: number;
}

const idleS = 60;
/** A statement that is cancelled in time has said so by then. */
const graceMs = 5_000;
const connectWithinMs = 5_000;
/** The driver's own would grow to 20 s, and whoever asks then waits as long: one try per connection and pause is no storm. */
const pauseMaxS = 0.25;

/** Opens a pool; connections are made on first use, and end when Postgres answers nothing any more. */
export function connect(url: string, options: ConnectOptions = {}): Database {
  const { max = 10, statementTimeoutMs = 60_000, turnWithinMs, answersWithinMs } = options;
  const sockets = new WatchedSockets(statementTimeoutMs + graceMs);
  const client = postgres(url, {
    ...socketOption((address) => sockets.open(address)),
    max,
    connect_timeout: Math.min(connectWithinMs, answersWithinMs ?? connectWithinMs) / 1_000,
    backoff: (failures) => Math.min(3 ** failures / 100, pauseMaxS),
    idle_timeout: Math.min(idleS, statementTimeoutMs / 1_000),
    onnotice: () => undefined,
    connection: { statement_timeout: statementTimeoutMs, application_name: 'koppel' },
  });
  return {
    db: drizzle(client),
    ...(turnWithinMs !== undefined && { turns: new Turns(max, turnWithinMs) }),
    ...(answersWithinMs !== undefined && { pulse: new Pulse(sockets.all, answersWithinMs) }),
    close: () => client.end({ timeout: 5 }),
  };
}

/** Documented by the driver, but not in its types. */
function socketOption(socket: (address: Address) => Socket): object {
  return { socket };
}

/** One transaction as the runtime role of one tenant: row-level security shows that tenant's rows only. */
export function inTenant<T>(
  database: Database,
  tenantId: TenantId,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const role = sql`select set_config('role', 'koppel_app', true), set_config('app.tenant_id', ${tenantId}, true)`;
  return transaction(database, (tx) => executePrepared(tx, role), work);
}

/** One transaction over all tenants, for the few tables that login, relay and sweeper need. */
export function inSystem<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  const role = sql`select set_config('role', 'koppel_system', true)`;
  return transaction(database, (tx) => tx.execute(role), work);
}

/**
 * A connection that Postgres ended while it lay in the pool is found out at its next use. Nothing was done then, so that use is tried
 * once more (F21); from the moment that the work has begun a loss is the caller's, since a commit may have arrived.
 */
async function transaction<T>(
  database: Database,
  takeRole: (tx: Tx) => Promise<unknown>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  let hasBegun = false;
  const attempt = (): Promise<T> =>
    database.db.transaction(async (tx) => {
      const restoreRole = database.isEnclosed ? await keepRole(tx) : undefined;
      await takeRole(tx);
      hasBegun = true;
      const value = await work(tx);
      await restoreRole?.();
      return value;
    });
  return inTurn(database, async () => {
    try {
      return await attempt();
    } catch (error) {
      if (hasBegun || !isByLostConnection(error)) throw error;
      return await attempt();
    }
  });
}

/** Work with one connection: waits for its turn, and is watched over. */
export async function inTurn<T>(database: Database, work: () => Promise<T>): Promise<T> {
  const endTurn = await database.turns?.take();
  try {
    return await (database.pulse ? database.pulse.during(work) : work());
  } finally {
    endTurn?.();
  }
}

/** A setting outlives the release of the savepoint in which it was made; only a rollback takes it back. */
async function keepRole(tx: Tx): Promise<() => Promise<unknown>> {
  const [former] = await tx.execute<{ role: string; tenant: string | null }>(
    sql`select current_setting('role') as role, current_setting('app.tenant_id', true) as tenant`,
  );
  const { role, tenant } = former ?? { role: 'none', tenant: null };
  return () =>
    tx.execute(
      sql`select set_config('role', ${role}, true), set_config('app.tenant_id', ${tenant ?? ''}, true)`,
    );
}
