// `npm run dev`: the product on this machine, rebuilt and restarted as you type; the portal by Angular's development server.
import path from 'node:path';
import { firstFreePort } from './free-port.js';
import { startProduct, type Product } from './product.js';
import { root } from './product/paths.js';
import { supervise, type Supervised } from './product/supervise.js';
import { readStartSettings, type StartSettings } from './start/settings.js';
import { claimSingleStart } from './start/single-start.js';

const packages = path.join(root, 'node_modules');
const print = (part: string, line: string): void => console.log(`[${part}] ${line}`);
const onGivenUp = (reason: Error): void => console.error(reason.message);

/** Compiles on every change; `onBuilt` is told after each build without errors. */
function watchTypes(onBuilt: () => void): Supervised {
  return supervise({
    name: 'tsc',
    args: [path.join(packages, 'typescript/bin/tsc'), '-b', '-w', '--preserveWatchOutput'],
    env: process.env,
    cwd: root,
    onLine: (line) => {
      print('tsc', line);
      if (line.includes('Found 0 errors')) onBuilt();
    },
    onGivenUp,
  });
}

/** Angular's server on `port`; it passes what is not its own on to the api. */
function servePortal(port: number, apiUrl: string): Supervised {
  // It would obey PORT over its own command line.
  const { PORT: _, ...env } = process.env;
  const serve = ['serve', '--host', '127.0.0.1', '--port', String(port)];
  return supervise({
    name: 'portal',
    args: [path.join(packages, '@angular/cli/bin/ng.js'), ...serve],
    env: { ...env, API_PORT: new URL(apiUrl).port },
    cwd: path.join(root, 'apps/web'),
    onLine: (line) => print('portal', line),
    onGivenUp,
  });
}

function start(settings: StartSettings, publicUrl: string): Promise<Product> {
  const { port: _, ...rest } = settings;
  return startProduct({
    ...rest,
    env: { SEED_DEMO: '1', PUBLIC_URL: publicUrl },
    onLine: print,
    onRestart: (what) => print('dev', `${what}; it is started again`),
    onGivenUp,
  });
}

const settings = readStartSettings(process.env);
const claim = await claimSingleStart(settings.dataDir);
if ('heldBy' in claim) {
  console.error(`Koppel runs already (process ${claim.heldBy.pid}); stop that one first`);
  process.exit(1);
}
const port = await firstFreePort(settings.port);
const publicUrl = `http://127.0.0.1:${port}`;
const product = await start(settings, publicUrl).catch(async (error: Error) => {
  console.error(`Koppel cannot start: ${error.message}`);
  await claim.release();
  process.exit(1);
});
const portal = servePortal(port, product.url);
let builds = 0;
const types = watchTypes(() => {
  // The first build only confirms what runs already.
  builds += 1;
  if (builds > 1) void Promise.all([product.restart('worker'), product.restart('api')]);
});
await claim.announce(publicUrl);
print('dev', `portal at ${publicUrl}, api at ${product.url}; log in as admin@koppel.demo / koppel-demo`);

async function stop(): Promise<void> {
  await Promise.all([portal.stop(), types.stop()]);
  await product.stop();
  if ('release' in claim) await claim.release();
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());
