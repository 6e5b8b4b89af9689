export { hashText } from './hash-text.js';
export { candidateKeys } from './candidate-keys.js';
export { alikeUpTo } from './key-index.js';
export { clusterRecords, ClusteringInParts, type ClusterRecordsOptions } from './cluster-records.js';
export type { ClusterBand, ClusteredRecord } from './clustered-records.js';
export {
  clusterBySchema,
  type ClusterBySchemaOptions,
  type SchemaVerdict,
} from './schema/cluster-by-schema.js';
export { checkNever } from './schema/contradictions.js';
export type { FieldKind, MatchSchema, NeverRule, SchemaField } from './schema/match-schema.js';
export { shippedSchemas } from './schema/shipped-schemas.js';
export type { SchemaRow } from './schema/record-table.js';
export {
  compareAll,
  compareInPortions,
  type CompareAllOptions,
  type OutcomeInPortions,
} from './compare-all.js';
export { PairComparer, type PairPart, type PairWork } from './pair-comparer.js';
export {
  PartCollector,
  PartReader,
  RepeatedId,
  type ReadPart,
  type ReadRecords,
  type SharedReadRecords,
} from './read-records.js';
export { compareOne, comparePair } from './compare-one.js';
export { NearRecords, type NearLook, type NearTies } from './near-records.js';
export { Recent } from './recent.js';
export { countStems, sharedByTooMany, sharedKey, sharedValues, type SharedValue } from './exclusivity.js';
export { nothingLearnt, readLearntModel, type LearntModel } from './learnt-model.js';
export { placeholderWords, collectiveNames, isPlaceholder } from './junk-values.js';
export type {
  Band,
  Cluster,
  Doubles,
  Judgement,
  MatchContext,
  MatchRecord,
  MatchStatistics,
  Outcome,
  PairVerdict,
  Reason,
  SharedKind,
  Verdict,
} from './match-record.js';
export {
  normaliseAddress,
  normalisePostcode,
  type AddressParts,
  type NormalisedAddress,
} from './normalise-address.js';
export {
  normaliseIban,
  normaliseKvk,
  normaliseKvkBranch,
  normaliseRsin,
  normaliseVat,
  vatState,
  type IdentifierState,
  type VatNumber,
} from './normalise-identifiers.js';
export { bandBits, expectErrors, type ExpectedErrors, type ScoreBand } from './expected-errors.js';
export { nameStem } from './normalise-name.js';
export { scoreNames, type NamePairScore } from './score-names.js';
export { normaliseEmail, normalisePhone, normaliseWebsite } from './normalise-reach.js';
export { foldText } from './normalise-text.js';
export {
  asideOf,
  asideReason,
  learnAside,
  type AsideGround,
  type LearntAside,
  type NotedQuestion,
} from './learn-aside.js';
export { NamesOfAll, type LearntNames } from './names-of-all.js';
export { asidePrefix } from './question-kinds.js';
export { reasonName, reasonSentence, reasonTexts, type ReasonKey, type ReasonText } from './reason-texts.js';
export { counterfactualSentence, whatWouldChange, type Counterfactual } from './what-would-change.js';
export { matcherVersion as MATCHER_VERSION } from './matcher-version.js';
export { relationRulesOf, type RelationRules } from './rules/relation-rules.js';
export { automaticFrom, relationSchema } from './rules/relation-schema.js';
export { relationFields, type RelationField, type RelationSchema } from './rules/relation-schema-type.js';
export { WrongSchema } from './rules/wrong-schema.js';
