import { mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { findBinaries } from './postgres/binaries.js';
import { createCluster, passwordOf } from './postgres/cluster.js';
import { endPostmaster, findPostmaster } from './postgres/postmaster.js';
import { endWithParent, runAsNonRoot } from './postgres/run-as.js';
import { answers, checkConnection, ServerEnded, startServer } from './postgres/server.js';

export interface PostgresOptions {
  /** The data folder; made when absent. */
  readonly dataDir: string;
  /** A port to insist on; without it any free port. */
  readonly port?: number;
  /** More arguments for the server, for example `['-c', 'fsync=off']`. */
  readonly flags?: readonly string[];
  /** Receives the server's own log lines. */
  readonly log?: (text: string) => void;
}

export interface RunningPostgres {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** True when somebody else started this server and stops it; `stop` then leaves it alone. */
  readonly attached: boolean;
  /** Resolves when the server ends, also by a crash; never for a server that somebody else started. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const attemptsMax = 100;
const pauseMs = 200;
const never = new Promise<void>(() => undefined);

/**
 * Starts the PostgreSQL that npm installed, on 127.0.0.1 and as an ordinary user (also from root), and resolves when it answers.
 * A server that runs on the same folder is joined when its starter lives, and replaced when its starter died.
 * It ends with this process, on Linux also after SIGKILL. Throws when it cannot be started, with the server's own words.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const dataDir = resolveDataDir(options.dataDir);
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const running = (await join(dataDir)) ?? (await launch({ ...options, dataDir }));
    if (running !== 'try-again') return running;
    await delay(pauseMs);
  }
  throw new Error(`the PostgreSQL on ${dataDir} keeps starting or stopping`);
}

/** The real path, because it is how a running server is recognised. */
function resolveDataDir(dataDir: string): string {
  const parent = path.dirname(path.resolve(dataDir));
  mkdirSync(parent, { recursive: true });
  return path.join(realpathSync(parent), path.basename(dataDir));
}

async function join(dataDir: string): Promise<RunningPostgres | 'try-again' | undefined> {
  const running = findPostmaster(dataDir);
  if (running === undefined) return undefined;
  if (!running.isReady) return 'try-again';
  if (!running.hasLivingOwner) {
    await endPostmaster(running.pid);
    return undefined;
  }
  const url = await urlOf(dataDir, running.port);
  // Right after a SIGKILL the process can still be seen for a moment, and answers nobody.
  if (!(await answers(url))) return 'try-again';
  return {
    url,
    port: running.port,
    pid: running.pid,
    attached: true,
    ended: never,
    stop: () => Promise.resolve(),
  };
}

async function launch(options: PostgresOptions): Promise<RunningPostgres | 'try-again'> {
  const { dataDir } = options;
  const binaries = await findBinaries();
  const who = runAsNonRoot();
  await createCluster(binaries.initdb, dataDir, who);
  const port = options.port ?? (await freePort());
  const command = [...who.prefix, ...endWithParent('INT'), binaries.postgres];
  try {
    const server = await startServer(command, { ...options, port });
    const url = await urlOf(dataDir, port);
    await checkConnection(url);
    return {
      url,
      port,
      pid: server.pid,
      attached: false,
      ended: server.ended,
      stop: () => endPostmaster(server.pid),
    };
  } catch (error) {
    const isLostRace =
      error instanceof ServerEnded &&
      (error.isFolderTaken || (error.isPortTaken && options.port === undefined));
    if (isLostRace) return 'try-again';
    throw error;
  }
}

async function urlOf(dataDir: string, port: number): Promise<string> {
  return `postgres://postgres:${await passwordOf(dataDir)}@127.0.0.1:${port}/postgres`;
}
