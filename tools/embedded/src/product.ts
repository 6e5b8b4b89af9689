import { Launch } from './product/launch.js';
import type { SandboxFlags } from './product/exact.js';

export type PartName = 'postgres' | 'sandbox' | 'api' | 'worker';

export interface ProductOptions {
  /** Where the embedded database and the secrets live; a temporary folder, removed at the end, when absent. */
  readonly dataDir?: string;
  /** A PostgreSQL (15 or newer) to use instead of the embedded one. */
  readonly databaseUrl?: string;
  /** Moves the queue from PostgreSQL to this Redis. */
  readonly redisUrl?: string;
  /** The first port to try for portal and API, and for the sandbox; any free one when absent. */
  readonly port?: number;
  readonly sandboxPort?: number;
  /** The sandbox's command line; false for the real Exact Online, which the environment then describes. */
  readonly sandbox?: SandboxFlags | false;
  /** More environment for api and worker; wins over what this launcher sets. */
  readonly env?: Readonly<Record<string, string>>;
  /** More arguments for the embedded database, for example `['-c', 'fsync=off']`. */
  readonly databaseFlags?: readonly string[];
  /** Receives every line that a part prints. */
  readonly onLine?: (part: PartName, line: string) => void;
  /** Told when a part ended by itself and is started again. */
  readonly onRestart?: (what: string) => void;
  /** Told when a part crashes too often and stays down. */
  readonly onGivenUp?: (reason: Error) => void;
  /** Ends a start that is not wanted any more. */
  readonly signal?: AbortSignal;
  /** Other programs in the place of ours, by the path of their compiled module. */
  readonly modules?: Partial<Record<'api' | 'worker' | 'sandbox', string>>;
}

export interface Product {
  /** Portal and API. */
  readonly url: string;
  /** Undefined when it runs against the real Exact Online. */
  readonly sandboxUrl: string | undefined;
  readonly databaseUrl: string;
  /** Tells this start from every other; the api answers with it in the header `x-koppel-instance`. */
  readonly instanceId: string;
  /** The process of a part that is a program of ours; 0 while it does not run. */
  pidOf(part: 'sandbox' | 'api' | 'worker'): number;
  /** Stops a program in order and starts it again, for example after a build. */
  restart(part: 'api' | 'worker'): Promise<void>;
  /** SIGKILL, as a crash; the part is started again. A given database is left alone. */
  kill(part: PartName): void;
  stop(): Promise<void>;
}

/**
 * Starts a whole Koppel - database, migrations, Exact sandbox, api with the built portal, worker - and resolves when it is ready.
 * A part that crashes is started again. Everything ends with this process, also after SIGKILL. Throws when a part does
 * not start; nothing stays behind then.
 */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const launch = new Launch(options);
  try {
    return await launch.run();
  } catch (error) {
    await launch.stop();
    throw error;
  }
}
