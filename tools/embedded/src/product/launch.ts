import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onFreePort, PortTaken, takenPortIn } from '../free-port.js';
import type { PartName, Product, ProductOptions } from '../product.js';
import { prepareMigrations, migrateAll, runDatabase, useDatabase, type ProductDatabase } from './database.js';
import { sandboxEnvironment, startSandbox } from './exact.js';
import { root } from './paths.js';
import { waitUntilReady } from './ready.js';
import { keepSecrets } from './secrets.js';
import { supervise, type Supervised } from './supervise.js';
import { asItComes, workerMemory } from '../memory-habits.js';

const readyTimeoutMs = 60_000;

/** One start of the whole product: what is running of it, and how to end that. */
export class Launch {
  private readonly givenUp = new AbortController();
  private readonly programs = new Map<string, Supervised>();
  private database: ProductDatabase | undefined;
  private temporaryFolder: string | undefined;

  constructor(private readonly options: ProductOptions) {
    options.signal?.addEventListener('abort', () => this.givenUp.abort(options.signal?.reason), {
      once: true,
    });
  }

  async run(): Promise<Product> {
    const dataDir = this.options.dataDir ?? (await this.makeTemporaryFolder());
    // Both are awaited to their end, so that a failure of one leaves no half-started other.
    const [database, exact] = await Promise.allSettled([this.startDatabase(dataDir), this.startExact()]);
    if (database.status === 'rejected') throw database.reason;
    if (exact.status === 'rejected') throw exact.reason;
    this.givenUp.signal.throwIfAborted();
    const served = await onFreePort(this.options.port, (port) =>
      this.serve(port, { dataDir, exact: exact.value.env }),
    );
    return this.describe({ ...served, sandboxUrl: exact.value.url, databaseUrl: database.value.url });
  }

  /** Worker and api, ready; both must know the address. Nothing of them is left when somebody else took the port meanwhile. */
  private async serve(
    port: number,
    { dataDir, exact }: { readonly dataDir: string; readonly exact: Readonly<Record<string, string>> },
  ): Promise<Pick<Product, 'url' | 'instanceId'>> {
    const url = `http://127.0.0.1:${port}`;
    const instanceId = randomUUID();
    const env: NodeJS.ProcessEnv = {
      ...(await this.environment(dataDir, url)),
      ...exact,
      API_PORT: String(port),
      INSTANCE_ID: instanceId,
      ...this.options.env,
    };
    const start = new AbortController();
    const isLeft = (lastLines: readonly string[]): boolean => {
      const isPortTaken = !start.signal.aborted && takenPortIn(lastLines) === port;
      if (isPortTaken) start.abort(new PortTaken(port, 'api'));
      return isPortTaken;
    };
    this.startProgram('worker', env);
    this.startProgram('api', { ...env, METRICS_PORT: portAfter(env['METRICS_PORT']) }, isLeft);
    try {
      const signal = AbortSignal.any([this.givenUp.signal, start.signal]);
      await waitUntilReady(url, instanceId, { timeoutMs: readyTimeoutMs, signal });
    } catch (error) {
      if (error instanceof PortTaken) await this.programs.get('worker')?.stop();
      throw error;
    }
    start.abort();
    return { url, instanceId };
  }

  /** Programs first, then the database that they use. */
  async stop(): Promise<void> {
    await Promise.all([...this.programs.values()].map((program) => program.stop()));
    await this.database?.stop();
    if (this.temporaryFolder) await rm(this.temporaryFolder, { recursive: true, force: true });
  }

  private async startDatabase(dataDir: string): Promise<ProductDatabase> {
    const { databaseUrl, databaseFlags, redisUrl } = this.options;
    const onGivenUp = (reason: Error): void => this.giveUp(reason);
    prepareMigrations().catch(() => undefined); // whoever awaits them is told
    this.database = databaseUrl
      ? await useDatabase(databaseUrl)
      : await runDatabase({ dataDir, onGivenUp, ...(databaseFlags && { flags: databaseFlags }) });
    await migrateAll(this.database.url, redisUrl);
    return this.database;
  }

  private async startExact(): Promise<{ env: Record<string, string>; url: string | undefined }> {
    const { sandbox: flags = {}, sandboxPort, modules } = this.options;
    if (flags === false) return { env: {}, url: undefined };
    const url = await onFreePort(sandboxPort, (port) => {
      const { sandbox, ready } = startSandbox({
        port,
        flags,
        env: { ...process.env, ...this.options.env },
        onRestart: this.options.onRestart,
        onLine: (line) => this.options.onLine?.('sandbox', line),
        onGivenUp: (reason) => this.giveUp(reason),
        ...(modules?.sandbox && { module: modules.sandbox }),
      });
      this.programs.set('sandbox', sandbox);
      return ready;
    });
    return { env: sandboxEnvironment(url), url };
  }

  private startProgram(
    name: 'api' | 'worker',
    env: NodeJS.ProcessEnv,
    isLeft?: (lastLines: readonly string[]) => boolean,
  ): void {
    const module = this.options.modules?.[name] ?? path.join(root, `apps/${name}/dist/main.js`);
    const onLine = (line: string): void => this.options.onLine?.(name, line);
    const onGivenUp = (reason: Error): void => this.giveUp(reason);
    const { nodeFlags, mallocEnv } = name === 'worker' ? workerMemory : asItComes;
    this.programs.set(
      name,
      supervise({
        name,
        args: [module],
        nodeFlags,
        env: { ...mallocEnv, ...env },
        onLine,
        onRestart: this.options.onRestart,
        onGivenUp,
        ...(isLeft && { isLeft }),
      }),
    );
  }

  private async environment(dataDir: string, url: string): Promise<NodeJS.ProcessEnv> {
    const secrets = await keepSecrets(path.join(dataDir, 'secrets.json'));
    return {
      ENCRYPTION_KEYS: JSON.stringify(secrets.encryptionKeys),
      ENCRYPTION_KEY_ID: secrets.encryptionKeyId,
      SESSION_SECRET: secrets.sessionSecret,
      PUBLIC_URL: url,
      WEBHOOKS_TO_LOOPBACK: 'on', // unless the environment says otherwise
      ...process.env,
      DATABASE_URL: this.database?.url,
      REDIS_URL: this.options.redisUrl,
      WEB_DIR: path.join(root, 'apps/web/dist/browser'),
    };
  }

  private describe(facts: Pick<Product, 'url' | 'sandboxUrl' | 'databaseUrl' | 'instanceId'>): Product {
    return {
      ...facts,
      pidOf: (part) => this.programs.get(part)?.pid ?? 0,
      restart: async (part) => this.programs.get(part)?.restart(),
      kill: (part: PartName) => (part === 'postgres' ? this.database : this.programs.get(part))?.kill(),
      stop: () => this.stop(),
    };
  }

  private giveUp(reason: Error): void {
    this.givenUp.abort(reason);
    this.options.onGivenUp?.(reason);
  }

  private async makeTemporaryFolder(): Promise<string> {
    this.temporaryFolder = await mkdtemp(path.join(tmpdir(), 'koppel-'));
    return this.temporaryFolder;
  }
}

/** Each program serves its metrics on a port of its own: the api's is the one after the worker's. */
function portAfter(port: string | undefined): string | undefined {
  return Number(port ?? 0) > 0 ? String(Number(port) + 1) : port;
}
