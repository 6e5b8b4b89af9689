export { dataKinds, isWholeList, type DataKind, type MasterKind, type PartKind } from './data-kind.js';
export type { Cursor, Cursors, CursorsTx } from './cursors.port.js';
export { openRun, type OpenRunCommand, type OpenRunError, type OpenRunTx } from './open-run.js';
export type {
  CallPurpose,
  MoveDates,
  PageRequest,
  RelationSource,
  SourceAdministration,
  WriteTarget,
  SourcePage,
} from './relation-source.port.js';
export { handBackStep, type HandBackCommand } from './hand-back-step.js';
export { retryPartOfIssue } from './retry-part-of-issue.js';
export { retryStep, type RetryStepError } from './retry-step.js';
export {
  recordFailedCompare,
  runCompare,
  type CompareOutcome,
  type RunCompareCommand,
  type RunCompareDeps,
  type RunCompareTx,
} from './run-compare.js';
export type { RunEvent, RunEventKey } from './run-event.js';
export {
  runStep,
  type RunStepCommand,
  type RunStepDeps,
  type RunStepTx,
  type StepOutcome,
} from './run-step.js';
export { leaseMs } from './claim-step.js';
export { sendWrite, type SendWriteDeps, type SendWriteTx, type WriteOutcome } from './send-write.js';
export type { RefusalKind, SourceFault } from './source-fault.js';
export type { AccountRow, DeletedRow, MasterRow, PartRow, Rejection, SourceRows } from './source-rows.js';
export type {
  AccountAt,
  AccountReadBack,
  SourceStore,
  SourceStoreTx,
  StoreContext,
  StoredAccount,
  StoredCounts,
} from './source-store.port.js';
export { startResync, type StartResyncCommand, type StartResyncError } from './start-resync.js';
export { startRun } from './start-run.js';
export { stoodAside } from './stand-aside.js';
export { cancelOpenRun, cancelRun, continueRun, pauseRun } from './steer-run.js';
export { wakeConnection } from './wake-connection.js';
export { addressOfVisit } from './visit-address.js';
export { tooLong } from './field-limits.js';
export type { IsTooLate, NewAccount, PartAt, PartSource, TooLate, WriteSource } from './write-source.port.js';
export type { SyncPolicy, SyncPolicyTx } from './sync-policy.port.js';
export { addComparisons, noComparison } from '../relations/index.js';
export {
  holdsPlace,
  isOpen,
  noStatistics,
  type Comparison,
  type RunKind,
  type RunState,
  type RunStatistics,
  type RunTrigger,
  type SyncRun,
} from './sync-run.js';
export type { SyncRuns, SyncRunsTx } from './sync-runs.port.js';
export { hasEnded, type StepState, type SyncStep, type WaitReason } from './sync-step.js';
export type { Renewal, SyncSteps, SyncStepsTx } from './sync-steps.port.js';
export { withoutValues } from './still-meant.js';
export {
  dueOnReturn,
  type AccountWrite,
  type PartWrite,
  type WriteIntent,
  type WrittenPart,
} from './write-intent.js';
export type { OpenOfPlans, WriteIntents, WriteIntentsTx } from './write-intents.port.js';
