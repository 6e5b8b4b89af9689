export {
  createExactClient,
  type ExactClient,
  type WritingClient,
  type ExactClientOptions,
} from './client.js';
export type { CallObservation } from './request.js';
export { createHttpTransport, DEFAULT_TRANSPORT_LIMITS } from './transport.js';
export type { HttpTransport, Transport, TransportLimits } from './transport.js';
export type { ResponseHeaders, TransportRequest, TransportResponse } from './transport.js';
export { ExactError, isSafeToRepeat, isTransient } from './errors.js';
export type {
  ExactErrorKind,
  ExactFailure,
  HttpMethod,
  LimitWindow,
  ReauthReason,
  RequestPhase,
} from './errors.js';
export { refusalKindOf, type RefusalKind } from './refusal.js';
export {
  NO_DIVISION,
  type Budget,
  type BudgetedCall,
  type CallClass,
  type CallOutcome,
} from './limits/budget.js';
export { createInMemoryBudget, type InMemoryBudgetOptions } from './limits/in-memory-budget.js';
export {
  afterAnswer,
  afterLeaving,
  afterReturning,
  CROWDED_LOOK_MS,
  isCrowded,
  NO_ERRORS,
  saysNothing,
  type ErrorHistory,
} from './limits/error-ledger.js';
export {
  afterFailure,
  afterGivingBack,
  CLOSED,
  isUnanswered,
  type Circuit,
  type CircuitScope,
  scopesOf,
} from './limits/circuit.js';
export { parseRateLimits, waitOf429, type RateLimits, type WindowLimits } from './limits/rate-limits.js';
export type { Note, Rejection } from './odata/decode.js';
export { zoneOf, type Zone } from './odata/zone.js';
export { PAGES_MAX } from './odata/next-link.js';
export type { Page } from './resources/page.js';
export type { Created } from './resources/create.js';
export type { Account, SyncAccount } from './resources/account-fields.js';
export type { AccountFilter, AccountPatch, NewAccount } from './resources/accounts.js';
export type { SyncAddress, SyncContact, SyncGlAccount } from './resources/sync-fields.js';
export { DELETED_ENTITY_TYPES, FIRST_TIMESTAMP } from './resources/sync.js';
export type { DeletedRecord, SyncCursor, SyncKind, SyncPage, SyncRows } from './resources/sync.js';
export type { BankAccount, ModifiedCursor, ModifiedPage } from './resources/bank-accounts.js';
export type { AccountAddress, Contact, NewPart, PartPatch, PartRows, PartSet } from './resources/parts.js';
export type { MasterCursor, MasterKind, MasterRows } from './resources/masters.js';
export type { Division, DivisionBlocking, DivisionStatus, Me, RightsAction } from './resources/divisions.js';
export { listReachable, mayReadRelations, obstacleOf } from './resources/reach.js';
export type { NewSalesEntry, SalesEntry } from './resources/sales-entries.js';
export {
  WEBHOOK_TOPICS,
  type WebhookSubscription,
  type WebhookTopic,
} from './resources/webhook-subscriptions.js';
