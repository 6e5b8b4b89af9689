export { launchBrowser } from './browser.js';
export { findRedis, noRedis, startRedis, type RunningRedis } from './redis.js';
export { simulate, type SimulateOptions } from './simulate.js';
