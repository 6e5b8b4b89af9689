export { startPostgres, type PostgresOptions, type RunningPostgres } from './postgres.js';
export { firstFreePort, freePort, onFreePort, PortTaken } from './free-port.js';
export { endWithParent } from './postgres/run-as.js';
export { startProduct, type PartName, type Product, type ProductOptions } from './product.js';
export type { SandboxFlags } from './product/exact.js';
export { readServerUrls } from './start/settings.js';
export { migrateAll } from './product/database.js';
