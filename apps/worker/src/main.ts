import { ConfigError, readConfig, type Config } from './config.js';

const config = configOrExit();
// Loaded only now: a wrong configuration is told before the framework takes its second to load.
const { run } = await import('./run.js');
await run(config);

function configOrExit(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`koppel worker: ${error.message}\n`);
    process.exit(78); // EX_CONFIG
  }
}
