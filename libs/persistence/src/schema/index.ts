export {
  administrations,
  authorisationAttempts,
  budgetWindows,
  connections,
  couplings,
  couplingStepLog,
  errorLedger,
  outbox,
} from './coupling.js';
export {
  conflicts,
  judgements,
  links,
  matchKeyBuckets,
  matchModels,
  relations,
  sourceParts,
  sourceRelations,
} from './relations.js';
export { proposals } from './proposals.js';
export { actions, historyEntries } from './history.js';
export { keptAnswers } from './idempotency.js';
export { cursors, masters, syncComparisons, syncEvents, syncRuns, syncSteps, writeIntents } from './sync.js';
export { apiKeys, memberships, sessions, tenants, users } from './tenancy.js';
export { administrationSettings, invoiceNumbers, issues, numberSeries } from './upkeep.js';
export { notices, watches } from './webhooks.js';
export { webhookAttempts, webhookDeliveries, webhookEndpoints, webhookEvents } from './events.js';
export { appRole, systemRole } from './columns.js';
