export { launchBrowser } from './browser.js';
export { findRedis, type RunningRedis } from './redis.js';
