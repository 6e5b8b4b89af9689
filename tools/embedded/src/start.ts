// `npm start`: the whole product on this machine, until Ctrl-C.
import path from 'node:path';
import { startProduct, type Product } from './product.js';
import { Logs } from './start/logs.js';
import { readStartSettings, type StartSettings } from './start/settings.js';
import { claimSingleStart, type SingleStart } from './start/single-start.js';
import { welcome } from './start/welcome.js';

class StopRequested extends Error {}

/** Resolves with the process's exit code when Koppel has stopped. */
async function start(): Promise<number> {
  const settings = readStartSettings(process.env);
  const claim = await claimSingleStart(settings.dataDir);
  if ('heldBy' in claim) {
    const where = claim.heldBy.url ? `at ${claim.heldBy.url}` : 'and is getting ready';
    console.error(
      `Koppel runs already ${where} (process ${claim.heldBy.pid}). Stop that one first, or set KOPPEL_DATA_DIR for a second.`,
    );
    return 1;
  }
  try {
    return await runUntilStopped(settings, claim);
  } finally {
    await claim.release();
  }
}

async function runUntilStopped(settings: StartSettings, claim: SingleStart): Promise<number> {
  const startedAt = performance.now();
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => stop.abort(new StopRequested()));
  const stopped = new Promise<unknown>((resolve) =>
    stop.signal.addEventListener('abort', () => resolve(stop.signal.reason)),
  );
  console.log('Koppel starts: database, Exact sandbox, worker, portal ...');
  try {
    const product = await launch(settings, stop);
    await claim.announce(product.url);
    const seconds = (performance.now() - startedAt) / 1_000;
    console.log(
      welcome(product, {
        seconds,
        dataDir: settings.dataDir,
        isEmbedded: settings.databaseUrl === undefined,
      }),
    );
    const reason = await stopped;
    await product.stop();
    return farewell(reason);
  } catch (error) {
    return farewell(error);
  }
}

function launch(settings: StartSettings, stop: AbortController): Promise<Product> {
  const logs = new Logs(path.join(settings.dataDir, 'logs'));
  return startProduct({
    ...settings,
    sandboxPort: settings.port === 0 ? 0 : settings.port + 10,
    env: { SEED_DEMO: process.env['SEED_DEMO'] ?? '1' },
    signal: stop.signal,
    onLine: (part, line) => logs.write(part, line),
    onRestart: (what) => console.error(`${what}; it is started again`),
    onGivenUp: (reason) => stop.abort(reason),
  });
}

function farewell(reason: unknown): number {
  if (reason instanceof StopRequested) {
    console.log('Koppel has stopped.');
    return 0;
  }
  console.error(`Koppel cannot go on: ${reason instanceof Error ? reason.message : String(reason)}`);
  return 1;
}

try {
  process.exitCode = await start();
} catch (error) {
  process.exitCode = farewell(error);
}
