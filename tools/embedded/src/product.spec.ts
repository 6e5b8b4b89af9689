import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { firstFreePort } from './free-port.js';
import { isAlive } from './processes.js';
import { startProduct, type Product, type ProductOptions } from './product.js';

// Small programs in the place of ours: this is about starting, restarting and ending, not about what they do.
const programs = {
  api: `import http from 'node:http';
    http.createServer((request, response) => {
      if (request.url === '/crash') process.exit(3);
      response.setHeader('x-koppel-instance', process.env.INSTANCE_ID);
      const { ENCRYPTION_KEYS, SESSION_SECRET, EXACT_BASE_URL_NL, DATABASE_URL, EXTRA } = process.env;
      response.end(JSON.stringify({ ENCRYPTION_KEYS, SESSION_SECRET, EXACT_BASE_URL_NL, DATABASE_URL, EXTRA }));
    }).listen(Number(process.env.API_PORT), '127.0.0.1');`,
  worker: `setInterval(() => {}, 1000);`,
  sandbox: `import http from 'node:http';
    const port = Number(process.argv[process.argv.indexOf('--port') + 1]);
    http.createServer((_, response) => response.end(process.argv.slice(2).join(' '))).listen(port, '127.0.0.1', () => console.log('exact-sandbox ready http://127.0.0.1:' + port));`,
  broken: `console.error('no such setting: DATABASE_URL'); process.exit(1);`,
};

describe('startProduct', () => {
  let folder = '';
  const modules: Record<keyof typeof programs, string> = { api: '', worker: '', sandbox: '', broken: '' };
  const started: Product[] = [];
  const start = async (options: ProductOptions = {}): Promise<Product> => {
    const product = await startProduct({
      databaseUrl: inject('testDatabase').serverUrl,
      modules,
      ...options,
    });
    started.push(product);
    return product;
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'koppel-product-'));
    for (const name of Object.keys(programs) as (keyof typeof programs)[]) {
      modules[name] = path.join(folder, `${name}.mjs`);
      await writeFile(modules[name], programs[name]);
    }
  });
  afterEach(async () => {
    for (const product of started.splice(0)) await product.stop();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('starts sandbox, api and worker with all they must know, and ends them', async () => {
    const product = await start({ sandbox: { divisions: 3, unthrottled: true }, env: { EXTRA: 'more' } });
    const pids = (['sandbox', 'api', 'worker'] as const).map((part) => product.pidOf(part));

    const environment = (await (await fetch(product.url)).json()) as Record<string, string>;
    const flags = await (await fetch(product.sandboxUrl ?? '')).text();
    await product.stop();

    expect(environment).toMatchObject({
      EXACT_BASE_URL_NL: product.sandboxUrl,
      DATABASE_URL: product.databaseUrl,
      EXTRA: 'more',
    });
    expect(environment['SESSION_SECRET']).toHaveLength(44);
    expect(flags).toMatch(/--divisions 3 --unthrottled$/);
    expect(pids.every((pid) => pid > 0)).toBe(true);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('starts a part again that was killed', async () => {
    const restarts: string[] = [];
    const product = await start({ onRestart: (what) => restarts.push(what) });
    const killed = product.pidOf('worker');

    product.kill('worker');

    await expect.poll(() => ![0, killed].includes(product.pidOf('worker'))).toBe(true);
    expect(restarts).toEqual(['worker ended (SIGKILL)']);
  });

  it('restarts a part on request without counting it as a crash', async () => {
    const restarts: string[] = [];
    const product = await start({ onRestart: (what) => restarts.push(what) });
    const before = product.pidOf('api');

    await product.restart('api');

    expect(product.pidOf('api')).not.toBe(before);
    expect(restarts).toEqual([]);
  });

  it('gives up, with the last words of the part, when it keeps crashing, and leaves nothing behind', async () => {
    const pids: number[] = [];
    await writeFile(
      path.join(folder, 'telling.mjs'),
      `console.log('pid ' + process.pid); ${programs.worker}`,
    );
    const failure = start({
      modules: { ...modules, api: modules.broken, worker: path.join(folder, 'telling.mjs') },
      onLine: (_, line) => pids.push(Number(/pid (\d+)/.exec(line)?.[1] ?? 0)),
    });

    await expect(failure).rejects.toThrow(/api ended \(1\) too often:\n[^]*no such setting: DATABASE_URL/);

    expect(pids.filter((pid) => pid > 0 && isAlive(pid))).toEqual([]);
  });

  it('takes the next port when the wanted one is taken', async () => {
    // Below the ports that systems give to whoever asks for any: others who run beside this must not get the next one meanwhile.
    const taken = await firstFreePort(20_000 + (process.pid % 10_000));
    const squatter = createServer().listen(taken, '127.0.0.1');
    await once(squatter, 'listening');

    const product = await start({ port: taken });

    expect(Number(new URL(product.url).port)).toBeGreaterThan(taken);
    squatter.close();
  });

  it.each(['api', 'sandbox'] as const)(
    'gives the %s another port when somebody takes the chosen one before it listens there',
    async (part) => {
      const go = path.join(folder, `go-${part}`);
      const portOf = {
        api: 'process.env.API_PORT',
        sandbox: "process.argv[process.argv.indexOf('--port') + 1]",
      };
      const waiting = path.join(folder, `waiting-${part}.mjs`);
      await writeFile(
        waiting,
        `import fs from 'node:fs';
        console.log('chose ' + ${portOf[part]});
        while (!fs.existsSync(${JSON.stringify(go)})) await new Promise((resolve) => setTimeout(resolve, 10));
        await import(${JSON.stringify(pathToFileURL(modules[part]).href)});`,
      );
      const telling = path.join(folder, 'telling-url.mjs');
      await writeFile(telling, `console.log('told ' + process.env.PUBLIC_URL); ${programs.worker}`);
      const chosen: number[] = [];
      const told: string[] = [];
      const squatter = createServer();
      const restarts: string[] = [];

      const product = await start({
        modules: { ...modules, worker: telling, [part]: waiting },
        onRestart: (what) => restarts.push(what),
        onLine: (_, line) => {
          const port = Number(/^chose (\d+)/.exec(line)?.[1] ?? 0);
          if (port > 0 && chosen.push(port) === 1)
            squatter.listen(port, '127.0.0.1', () => void writeFile(go, ''));
          if (line.startsWith('told ')) told.push(line.slice(5));
        },
      });

      const url = part === 'api' ? product.url : product.sandboxUrl;
      expect(chosen).toHaveLength(2);
      expect(url).toBe(`http://127.0.0.1:${chosen[1]}`);
      expect(chosen[1]).not.toBe(chosen[0]);
      await expect.poll(() => told.at(-1)).toBe(product.url);
      expect(restarts).toEqual([]);
      squatter.close();
    },
  );

  it('names the port when another program has one that was asked for, and what to do', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as AddressInfo;
    const both = path.join(folder, 'both.mjs');
    await writeFile(
      both,
      `import http from 'node:http'; http.createServer().listen(Number(process.env.METRICS_PORT), '127.0.0.1');`,
    );

    const failure = start({
      modules: { ...modules, api: both },
      env: { METRICS_PORT: String(port - 1) },
    });

    await expect(failure).rejects.toThrow(
      `another program listens on port ${port}; end that one, or choose another port`,
    );
    squatter.close();
  });

  it('says in words what is wrong with a database that cannot be reached', async () => {
    const failure = start({ databaseUrl: 'postgres://me:geheim@127.0.0.1:1/koppel' });

    await expect(failure).rejects.toThrow('the database of DATABASE_URL (127.0.0.1:1) cannot be used');
    await expect(failure).rejects.not.toThrow('geheim');
  });

  it('keeps the secrets of a data folder and never shows them to others', async () => {
    const dataDir = path.join(folder, 'kept');
    const first = await start({ dataDir });
    const before = (await (await fetch(first.url)).json()) as Record<string, string>;
    await first.stop();

    const second = await start({ dataDir });

    const after = (await (await fetch(second.url)).json()) as Record<string, string>;
    expect(after['ENCRYPTION_KEYS']).toBe(before['ENCRYPTION_KEYS']);
    expect((await stat(path.join(dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600);
  });

  it('starts its own database again, at the same address and with its rows, after a crash', async () => {
    const product = await startProduct({ dataDir: path.join(folder, 'own'), modules });
    started.push(product);
    await query(product.databaseUrl, 'create table kept as select 7 as number');

    product.kill('postgres');

    await expect
      .poll(() => query(product.databaseUrl, 'select number from kept'), { timeout: 10_000 })
      .toEqual([{ number: 7 }]);
  });

  it('ends every part when its own process is killed with SIGKILL', async () => {
    const launcher = pathToFileURL(path.join(import.meta.dirname, '../dist/product.js')).href;
    const script = `const { startProduct } = await import(${JSON.stringify(launcher)});
      const product = await startProduct(${JSON.stringify({ dataDir: path.join(folder, 'orphaned'), databaseUrl: inject('testDatabase').serverUrl, modules })});
      console.log(['sandbox', 'api', 'worker'].map((part) => product.pidOf(part)).join(' '));`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(starter.stdout), 'line')) as [string];
    const pids = line.split(' ').map(Number);

    starter.kill('SIGKILL');

    await expect.poll(() => pids.filter(isAlive), { timeout: 5_000 }).toEqual([]);
    expect(pids).toHaveLength(3);
  });
});

async function query(url: string, statement: string): Promise<unknown> {
  const sql = postgres(url, { max: 1, connect_timeout: 5 });
  try {
    return [...(await sql.unsafe(statement))];
  } catch (error) {
    // The server is on its way back.
    return (error as Error).message;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
