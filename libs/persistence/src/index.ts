export { connect, inSystem, inTenant, type ConnectOptions, type Database, type Tx } from './database.js';
export { DatabaseClock, type OwnClocks } from './database-clock.js';
export { hashOf } from './hash-of.js';
export { EnclosableDatabase } from './enclosable-database.js';
export { migrate } from './migrate.js';
export type { FullTransaction } from './ports.js';
export { DrizzleUnitOfWork } from './unit-of-work.js';
export { isByLostConnection } from './lost-connection.js';
export { surviveLostConnections } from './survivable.js';
export { untilReached } from './until-reached.js';
export { isViolationOf } from './violation.js';
export { isCollision } from './collision.js';
export { isStorageFull, isUnreachable, readiness, type Readiness } from './readiness.js';
export {
  KeyUnavailable,
  TokenCipher,
  type KeyRing,
  type SealedSecret,
  type SecretPlace,
} from './token-cipher.js';
export { BudgetLedger, type BudgetKey, type ToldLimits } from './sync/budget-ledger.js';
export type { KnownWindow, Reservation, Reserves } from './sync/reservation.js';
export { DrizzleConsentsElsewhere } from './drizzle-consents-elsewhere.js';
export { DrizzleTokenStore, type ClearTokens } from './sync/drizzle-token-store.js';
export { refreshStatistics } from './sync/refresh-statistics.js';
export { trimHistory } from './relations/trim-history.js';
export { trimRuns } from './sync/trim-runs.js';
export { dispatchOutbox, trimOutbox, type OutboxEntry, type OutboxPortion } from './sync/outbox-queue.js';
export {
  findConnectionOwner,
  findForgottenListings,
  findForgottenWork,
  findTenantsWithDueSync,
  findUntoldConnections,
  findUsableConnections,
  type ForgottenWork,
} from './sync/work-list.js';
export {
  findCoupledDivisions,
  findForgottenNotices,
  isCoupledElsewhere,
  type CoupledDivision,
  type DivisionKey,
} from './webhooks/coupled-divisions.js';
