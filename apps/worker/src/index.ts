export { ConfigError, readConfig, type Config, type Timings } from './config.js';
export { startWorker, type RunningWorker } from './start-worker.js';
