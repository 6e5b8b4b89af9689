export { createApp } from './create-app.js';
export { readConfig, ConfigError, type Config } from './config.js';
