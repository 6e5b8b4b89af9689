import { readConfig } from './config.js';
import { startSandbox } from './start-sandbox.js';

const sandbox = await startSandbox(readConfig(process.argv.slice(2)));
process.stdout.write(`exact-sandbox ready ${sandbox.url}\n`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void sandbox.stop().then(() => process.exit(0));
  });
}
