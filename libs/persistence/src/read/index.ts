export { InvalidCursor, cutPage, decodeCursor, encodeCursor, pageSizeDefault } from './cursor.js';
export { countForDashboard, type DashboardCounts } from './dashboard.js';
export {
  countIssuesByCause,
  countOpenIssues,
  findIssueRow,
  listIssues,
  type CauseCount,
  type IssueFilter,
  type IssueRow,
} from './issues.js';
export { estimateWriteSeconds, noWrites, type OpenWrites } from './seconds-left.js';
export { readHandlingEstimates, type HandlingEstimates } from './handling-estimates.js';
export { listNumberSeries, type SeriesRow } from './number-series.js';
export { readOperations, type Operations } from './operations.js';
export { readBudgets, unusedBudget, type BudgetUse } from './budgets.js';
export { listConnections, type ConnectionRow } from './connections.js';
export { readCoupling, readNextSequence, type CouplingView } from './coupling.js';
export { readAdministrations } from './administrations.js';
export {
  listSyncRuns,
  readSyncRun,
  type SyncAdministrationView,
  type SyncPartView,
  type SyncRunSummaryView,
  type SyncRunView,
} from './sync-run.js';
export { readRelationAt, type RelationAt } from './relation-at.js';
export { listActions, readAction, isAct, type ActionFilter, type HistoryItem } from './actions.js';
export { readActContext, type ActContext } from './act-context.js';
export { listConflicts, type ConflictRow } from './conflicts.js';
export { previewBatch, type BatchFilter, type BatchPreview } from './proposal-batch.js';
export { readActionBatches, type ActionBatches } from './action-batches.js';
export { countProposals, countReasons, haveLessons, type ProposalCounts } from './proposal-counts.js';
export { readProposal, type ProposalDetail } from './proposal-detail.js';
export { listProposals, type ProposalFilter, type ProposalRow, type ProposalSide } from './proposals.js';
export { countPlanLinks } from './plan-links.js';
export { readRelationNames, type RelationNames } from './relation-names.js';
export { readRelation, type RelationDetail } from './relation-detail.js';
export {
  listRelations,
  type RelationAccount,
  type RelationFilter,
  type RelationPage,
  type RelationRow,
} from './relations.js';
export { readSources, type SourceRow } from './sources.js';
