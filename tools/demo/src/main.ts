import { startProduct } from '@koppel/embedded';
import { ApiClient } from './api-client.js';
import { coupleAll } from './couple-all.js';
import { ProgressBars } from './progress-bars.js';
import { reportTable } from './report-table.js';

const started = await startProduct({ sandbox: {}, env: { SEED_DEMO: '1' }, onGivenUp: (reason) => console.error(reason.message) });
const bars = new ProgressBars();
let exitCode = 1;
try {
  const report = await coupleAll(new ApiClient(started.url), {
    email: 'admin@koppel.demo',
    password: 'koppel-demo',
    exact: { username: 'anna@bouwgroep-demo.nl', password: 'demo' },
    onStep: (text) => console.log(`• ${text}`),
    onProgress: (run) => bars.show(run),
  });
  bars.stop();
  console.log(reportTable(report));
  exitCode = report.isActive ? 0 : 1;
} catch (error) {
  bars.stop();
  console.error(error instanceof Error ? error.message : error);
} finally {
  await started.stop();
}
process.exit(exitCode);
