import { readConfig } from './config.js';
import { startSandbox, type Sandbox } from './start-sandbox.js';

/** What stands in the way of a start is for the person who typed the command: words, no stack. */
async function start(): Promise<Sandbox> {
  try {
    return await startSandbox(readConfig(process.argv.slice(2)));
  } catch (error) {
    process.stderr.write(`exact-sandbox: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

const sandbox = await start();
process.stdout.write(`exact-sandbox ready ${sandbox.url}\n`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void sandbox.stop().then(() => process.exit(0));
  });
}
