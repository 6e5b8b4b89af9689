export { describeActsContract } from './acts.contract.js';
export { InMemoryActs } from './in-memory-acts.js';
export { InMemoryIssues } from './in-memory-issues.js';
export { describeIssuesContract } from './issues.contract.js';
export { sequentialIds } from './sequential-ids.js';
export { InMemoryInvoiceNumbers } from './in-memory-invoice-numbers.js';
export { InMemorySettings } from './in-memory-settings.js';
export { describeInvoiceNumbersContract } from './invoice-numbers.contract.js';
export { describeSettingsContract } from './settings.contract.js';
export { describeAdministrationsContract } from './administrations.contract.js';
export { anAdministration } from './an-administration.js';
export { InMemoryAdministrations } from './in-memory-administrations.js';
export { InMemoryOutbox } from './in-memory-outbox.js';
export { InMemoryUnitOfWork } from './in-memory-unit-of-work.js';
export { aConnection, someSealedTokens } from './a-connection.js';
export { describeConnectionsContract } from './connections.contract.js';
export { InMemoryConnections } from './in-memory-connections.js';
export { describeAuthorisationAttemptsContract } from './authorisation-attempts.contract.js';
export { describeCouplingsContract } from './couplings.contract.js';
export { InMemoryAuthorisationAttempts } from './in-memory-authorisation-attempts.js';
export { InMemoryCouplings } from './in-memory-couplings.js';
export { aRelationsWorld, idOf, RelationsWorld } from './a-relations-world.js';
export { aPartsWorld, type PartsWorld } from './a-parts-world.js';
export { anAddress, aSourceRelation, type SourceFacts } from './a-source-relation.js';
export { InMemoryActions } from './in-memory-actions.js';
export { InMemoryConflicts } from './in-memory-conflicts.js';
export { InMemoryJudgements } from './in-memory-judgements.js';
export { InMemoryLinks } from './in-memory-links.js';
export { InMemoryMatchKeys } from './in-memory-match-keys.js';
export { InMemoryProposals } from './in-memory-proposals.js';
export { InMemoryRelations } from './in-memory-relations.js';
export { InMemorySourceRelations } from './in-memory-source-relations.js';
export { aCouplingWorld, InMemoryConsent } from './a-coupling-world.js';
export { aSyncRun, aSyncStep } from './a-sync-step.js';
export { aSyncWorld, SyncWorld } from './a-sync-world.js';
export { anAccountRow, aStoredAccount } from './an-account-row.js';
export { InMemoryCursors } from './in-memory-cursors.js';
export { InMemoryRelationSource } from './in-memory-relation-source.js';
export { InMemorySourceStore } from './in-memory-source-store.js';
export { InMemorySyncPolicy } from './in-memory-sync-policy.js';
export { InMemorySyncRuns } from './in-memory-sync-runs.js';
export { InMemorySyncSteps } from './in-memory-sync-steps.js';
export { InMemoryWriteIntents } from './in-memory-write-intents.js';
export { describeSourceStoreContract } from './source-store.contract.js';
export { describeSyncRunsContract } from './sync-runs.contract.js';
export { describeSyncStepsContract } from './sync-steps.contract.js';
export { describeCursorsContract } from './cursors.contract.js';
export { aPartWrite, aWriteIntent, describeWriteIntentsContract } from './write-intents.contract.js';
export {
  aProposal,
  describeDecisionPortsContract,
  type DecisionPortsWorld,
} from './decision-ports.contract.js';
export { describeErasureContract, type ErasureSubject } from './erasure.contract.js';
export { InMemoryErasure } from './in-memory-erasure.js';
export { InMemoryFreeze } from './in-memory-freeze.js';
export { describeRelationPortsContract, type RelationPortsWorld } from './relation-ports.contract.js';
export { describeOutboxContract, type WatchedOutbox } from './outbox.contract.js';
export type { WriteFate } from './in-memory-part-source.js';
export { InMemorySourceParts } from './in-memory-source-parts.js';
export { InMemoryWriteSource } from './in-memory-write-source.js';
export { describeSourcePartsContract, type SourcePartsSubject } from './source-parts.contract.js';
export { describeRelationSourceContract, type SourceSubject } from './relation-source.contract.js';
export { describeSyncPolicyContract, type PolicyFacts } from './sync-policy.contract.js';
export { describeWriteSourceContract, type WriteSubject } from './write-source.contract.js';
export { InMemoryNotices } from './in-memory-notices.js';
export { InMemorySubscriptionSource } from './in-memory-subscription-source.js';
export { InMemoryWatches } from './in-memory-watches.js';
export { describeNoticesContract } from './notices.contract.js';
export {
  describeSubscriptionSourceContract,
  type SubscriptionSubject,
} from './subscription-source.contract.js';
export { describeWatchesContract } from './watches.contract.js';
