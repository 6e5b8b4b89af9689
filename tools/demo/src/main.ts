// `npm run demo`: a fresh Koppel, the whole coupling over its REST API, and what came of it; nothing stays behind.
import { readServerUrls, startProduct, type Product } from '@koppel/embedded';
import { ApiClient } from './api-client.js';
import { coupleAll, type CoupleReport } from './couple-all.js';
import { ProgressBars } from './progress-bars.js';
import { reportTable } from './report-table.js';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => stop.abort(new Error('De demo is afgebroken.')));
const stopped = new Promise<never>((_, reject) =>
  stop.signal.addEventListener('abort', () => reject(stop.signal.reason as Error)),
);

async function couple(product: Product): Promise<CoupleReport> {
  const bars = new ProgressBars();
  try {
    return await coupleAll(new ApiClient(product.url), {
      email: 'admin@koppel.demo',
      password: 'koppel-demo',
      exact: { username: 'anna@bouwgroep-demo.nl', password: 'demo' },
      onStep: (text) => console.log(`• ${text}`),
      onProgress: (run) => bars.show(run),
    });
  } finally {
    bars.stop();
  }
}

async function run(): Promise<boolean> {
  console.log('• Koppel starten');
  const product = await startProduct({
    ...readServerUrls(process.env),
    sandbox: {},
    env: { SEED_DEMO: '1' },
    signal: stop.signal,
    onGivenUp: (reason) => stop.abort(reason),
  });
  try {
    const report = await Promise.race([couple(product), stopped]);
    console.log(reportTable(report));
    return report.isActive;
  } finally {
    await product.stop();
  }
}

let exitCode = 1;
try {
  exitCode = (await run()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
}
process.exit(exitCode);
