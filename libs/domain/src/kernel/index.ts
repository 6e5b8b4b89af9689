export { systemActor, type Actor } from './actor.js';
export { accountCreations, type AccountCreation } from './account-creation.js';
export { contactHandlings, type ContactHandling } from './contact-handling.js';
export {
  asId,
  isId,
  type ActionId,
  type AdministrationId,
  type ConflictId,
  type ConnectionId,
  type IssueId,
  type ProposalId,
  type RelationId,
  type SourceRelationId,
  type SyncRunId,
  type SyncStepId,
  type TenantId,
  type WriteIntentId,
} from './ids.js';
export { invariant, InvariantError, unreachable } from './invariant.js';
export type { Message, MessageKind } from './message.js';
export type { Outbox, OutboxTx } from './outbox.port.js';
export type { Page } from './page.js';
export { err, ok, type Result } from './result.js';
export type { Deps, UnitOfWork } from './unit-of-work.port.js';
