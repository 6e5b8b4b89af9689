export {
  sharedFieldNames,
  sharedFields,
  type Address,
  type FieldClass,
  type LocalValues,
  type SharedField,
  type SharedValues,
  type SourceFields,
} from './fields.js';
export { pictureAt } from './relation-at.js';
export {
  changedFields,
  emptyPicture,
  type Action,
  type ActionKind,
  type Picture,
  type RelationPicture,
} from './action.js';
export type { Actions, ActionsTx } from './actions.port.js';
export { activityOf, dutchDay, type Activity, type ActivityFacts } from './activity.js';
export { isAnonymised } from './anonymised.js';
export { bankAccountsOf } from './bank-accounts.js';
export { applyPlan } from './apply-plan.js';
export { readPlanPage, readPlanParts, type PlanPage, type PlanPartsPage } from './plan-pages.js';
export { foreseePlan, planWrites, type WritePlan } from './plan-writes.js';
export type { PlannedUpdate, PlanTx } from './walk-plan.js';
export { callsPerCreate, callsPerUpdate, planRates, WritePace, type CallRates } from './write-pace.js';
export { createIntent, rolesElsewhere } from './create-intent.js';
export type {
  MeantAs,
  MeantSum,
  MissedIn,
  MissingAccounts,
  MissingAccountsTx,
  MissingSum,
} from './missing-accounts.port.js';
export { createEverywhere } from './create-everywhere.js';
export {
  readPlanCreates,
  type ForeseenCreate,
  type ForeseenPage,
  type PlannedCreate,
} from './plan-creates.js';
export { readPlanLinks, type PlanLinksPage, type PlannedLink } from './plan-links.js';
export { explainRelation, type ExplainedRelation, type JoinedPair } from './explain-relation.js';
export { findContradicting, readContradictions, type ContradictionTx } from './contradiction.js';
export { acceptBatch, acceptedMax } from './accept-batch.js';
export { undoBatch, undoneMax } from './undo-batch.js';
export { chooseLeading, type ChooseLeading, type ChooseLeadingError } from './choose-leading.js';
export {
  atOnceByDefault,
  type AccountsAtOnce,
  type CompareAccounts,
  type CompareCounts,
  type CompareDeps,
  type CompareInput,
  type CompareRun,
  type CompareTx,
  type Findings,
} from './compare-command.js';
export { addComparisons, noComparison } from './comparison.js';
export { compareHere } from './compare-here.js';
export { compareRun } from './compare-run.js';
export { decideProposal } from './decide-proposal.js';
export type { DecideProposal, DecideProposalError, DecideTx, Decision } from './decision-desk.js';
export { differingFields, type DifferingField } from './differing-fields.js';
export { editRelation, type EditRelation, type EditRelationError } from './edit-relation.js';
export { linkedMember, loadMembers, memberOf, type LinkedMember } from './members.js';
export { accountsPerAdministration, suggestBookOn } from './merge-relations.js';
export { findSurvivor, type RelationDeskTx } from './open-relation.js';
export { resolveConflict, type ResolveConflict, type ResolveConflictError } from './resolve-conflict.js';
export type { SplitTx } from './carry-out-split.js';
export { undoAction } from './undo-action.js';
export type { UndoAction, UndoActionError, Undone, UndoTx } from './undo-desk.js';
export { unlinkSource, type Unlinked, type UnlinkSource, type UnlinkSourceError } from './unlink-source.js';
export { textOfValue } from './value-text.js';
export { accountInUse } from './account-in-use.js';
export { pickAlike, type Alike, type CreateSearch } from './pick-alike.js';
export { partsOfNew } from './parts/parts-of-new.js';
export { planPartWrites } from './parts/plan-part-writes.js';
export { askAboutAlike, type AskAboutAlikeTx } from './ask-about-alike.js';
export { automaticMerge } from './automatic-merge.js';
export { joinRelation } from './join-relation.js';
export { keepKeys } from './keep-keys.js';
export { linksTo } from './new-relation.js';
export { planWritesFor, type WriteFacts } from './write-planner.js';
export {
  useRelation,
  type RelationUse,
  type UseRelation,
  type UseRelationError,
  type UseRelationTx,
} from './use-relation.js';
export { closeSettledWrites } from './close-settled-writes.js';
export { retryIssue, type RetryIssue, type RetryIssueError } from './retry-issue.js';
export { valuesToCreate } from './values-to-create.js';
export { warningsOf, type ValueWarning } from './value-warnings.js';
export type { Conflict, ConflictCandidate } from './conflict.js';
export type { Conflicts, ConflictsTx } from './conflicts.port.js';
export type { ErasedAccount, Erasure, ErasureTx } from './erasure.port.js';
export type { Freeze, FreezeTx } from './freeze.port.js';
export type { JudgementVerdict, PersonsJudgement } from './judgement.js';
export type { Judgements, JudgementsTx } from './judgements.port.js';
export { rolesOf, type AccountRole, type Link, type Role } from './link.js';
export type { JoinedAccounts, Links, LinksTx } from './links.port.js';
export type {
  KeysOfSource,
  MatchKeys,
  MatchKeysTx,
  SharerBounds,
  Sharers,
  SharersOfOne,
} from './match-keys.port.js';
export type { MatchModel, MatchModelTx, ReleasedDirection } from './match-model.port.js';
export { shownVersion, teachesLast, type Proposal, type ProposalState } from './proposal.js';
export { answerLookMs, awaitingAnswer, isAwaitingAnswer } from './awaiting-answer.js';
export type {
  Proposals,
  ProposalsTx,
  AsideMark,
  NotedProposal,
  QuestionedPlace,
  RelationPair,
} from './proposals.port.js';
export { isChosen, type Leading, type LeadingByField, type Relation } from './relation.js';
export type { Relations, RelationsTx } from './relations.port.js';
export { isEmpty, isExactly, saysTheSame } from './same-value.js';
export { foldForSearch } from './search-text.js';
export type { SourceRelation } from './source-relation.js';
export type {
  AccountScope,
  Comparable,
  SourceRelations,
  SourceRelationsTx,
} from './source-relations.port.js';
export { approveChange, type ApproveChange, type ApproveChangeError } from './parts/approve-change.js';
export { fieldsTogether } from './parts/part-units.js';
export { countingOn, mayStand } from './parts/may-stand.js';
export { compareParts } from './parts/compare-parts.js';
export { dropPlannedParts, type PlannedPartField } from './parts/planned-parts.js';
export { isSamePart, subjectOf } from './parts/written-part.js';
export type { ComparePartsTx } from './parts/parts-of-relation.js';
export type { PartFields, PartReadBack, PartRef, SourcePart } from './parts/source-part.js';
export type { SourceParts, SourcePartsTx } from './parts/source-parts.port.js';
