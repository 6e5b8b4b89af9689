export { startPostgres, type PostgresOptions, type RunningPostgres } from './postgres.js';
export { firstFreePort, freePort } from './free-port.js';
export { endWithParent } from './postgres/run-as.js';
