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
export { emptyPicture, type Action, type ActionKind, type Picture } from './action.js';
export type { Actions, ActionsTx } from './actions.port.js';
export { activityOf, dutchDay, type Activity, type ActivityFacts } from './activity.js';
export {
  compareRun,
  type CompareAll,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
  type CompareTx,
} from './compare-run.js';
export type { Conflict, ConflictCandidate } from './conflict.js';
export type { Conflicts, ConflictsTx } from './conflicts.port.js';
export type { Freeze, FreezeTx } from './freeze.port.js';
export type { JudgementVerdict, PersonsJudgement } from './judgement.js';
export type { Judgements, JudgementsTx } from './judgements.port.js';
export { rolesOf, type Link, type Role } from './link.js';
export type { Links, LinksTx } from './links.port.js';
export type { KeysOfSource, MatchKeys, MatchKeysTx } from './match-keys.port.js';
export type { Proposal, ProposalState } from './proposal.js';
export type { Proposals, ProposalsTx } from './proposals.port.js';
export { isChosen, type Leading, type LeadingByField, type Relation } from './relation.js';
export type { Relations, RelationsTx } from './relations.port.js';
export { isEmpty, isExactly, saysTheSame } from './same-value.js';
export { foldForSearch } from './search-text.js';
export type { SourceRelation } from './source-relation.js';
export type { Comparable, SourceRelations, SourceRelationsTx } from './source-relations.port.js';
