export { connect, inSystem, inTenant, type ConnectOptions, type Database, type Tx } from './database.js';
export { migrate } from './migrate.js';
export type { FullTransaction } from './ports.js';
export { DrizzleUnitOfWork } from './unit-of-work.js';
export { isViolationOf } from './violation.js';
export { isUnreachable, readiness, type Readiness } from './readiness.js';
export { TokenCipher, type KeyRing, type SealedSecret, type SecretPlace } from './token-cipher.js';
