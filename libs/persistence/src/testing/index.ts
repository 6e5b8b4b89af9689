export { copyDatabase, createTestDatabase, type TestDatabase } from './test-db.js';
export { putSource, type PutSource } from './put-source.js';
export { aNetworkTo, type Network } from './a-network.js';
