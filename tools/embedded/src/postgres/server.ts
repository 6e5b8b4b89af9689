import { spawn, type ChildProcess } from 'node:child_process';
import postgres from 'postgres';
import { postgresEnvironment } from './cluster.js';
import { ownerSetting } from './postmaster.js';

export interface ServerOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly flags?: readonly string[];
  readonly log?: (text: string) => void;
}

const startTimeoutMs = 60_000;
const saidCharactersMax = 4_000;

/** A server process that accepts connections. */
export interface StartedServer {
  readonly pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
}

/**
 * Starts a server process and resolves once it says that it accepts connections.
 * Detached: Ctrl-C in a terminal must reach the programs that use the database before the database.
 */
export async function startServer(
  command: readonly string[],
  options: ServerOptions,
): Promise<StartedServer> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    // A first load writes some hundreds of megabytes at once: room to keep them, and no checkpoint in its middle.
    'shared_buffers=512MB',
    'max_wal_size=2GB',
    'checkpoint_timeout=15min',
    // Log files that a first load makes would be written twice, once full of zeroes.
    'wal_init_zero=off',
    // What is read often fits in memory, and disks no longer turn: an index is worth it sooner than PostgreSQL thinks.
    'random_page_cost=1.1',
    ownerSetting(process.pid),
  ];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  const [program = '', ...args] = [...command, '-D', options.dataDir, '-p', String(options.port), ...flags];
  const child = spawn(program, [...args, ...(options.flags ?? [])], {
    cwd: '/',
    env: postgresEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await acceptsConnections(child, options.log);
  return { pid: child.pid ?? 0, ended };
}

function acceptsConnections(child: ChildProcess, log: ServerOptions['log']): Promise<void> {
  let said = '';
  let tooLate: NodeJS.Timeout | undefined;
  const ready = new Promise<void>((resolve, reject) => {
    tooLate = setTimeout(() => reject(new Error(`PostgreSQL is not ready in time: ${said}`)), startTimeoutMs);
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-saidCharactersMax);
      log?.(chunk.toString());
      if (said.includes('ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new ServerEnded(`PostgreSQL ended (${signal ?? code}): ${said.trim()}`)),
    );
  });
  return ready.finally(() => clearTimeout(tooLate));
}

/** Proves with a real query that the server answers, and answers us. */
export async function checkConnection(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 5 });
  try {
    await sql`select 1`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** What a server says, or its socket does, while it is going away or coming up. */
const passingCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'CONNECTION_CLOSED', '57P01', '57P03']);

/** Whether the server answers; false only while it is going away or coming up. Throws for any other reason. */
export async function answers(url: string): Promise<boolean> {
  try {
    await checkConnection(url);
    return true;
  } catch (error) {
    if (passingCodes.has((error as { code?: string }).code ?? '')) return false;
    throw error;
  }
}

/** The server process ended before it was ready; the message holds its own words. */
export class ServerEnded extends Error {
  /** Somebody else listens on the port. */
  get isPortTaken(): boolean {
    return this.message.includes('could not create any TCP/IP sockets');
  }

  /** Somebody else started a server on the same folder, or parts of a killed one are still ending. */
  get isFolderTaken(): boolean {
    return /postmaster\.pid|shared memory block/.test(this.message);
  }
}
