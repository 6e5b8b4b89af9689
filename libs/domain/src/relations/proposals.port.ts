import type { AdministrationId, ProposalId, RelationId, SourceRelationId } from '../kernel/index.js';
import type { Reason } from './matching/index.js';
import type { Proposal } from './proposal.js';

export type RelationPair = Pick<Proposal, 'relationA' | 'relationB'>;
export type AsideMark = Pick<Proposal, 'sourceA' | 'sourceB' | 'questionKind' | 'reasons' | 'vetoes'>;

/** An administration in which an account may be the relation. */
export interface QuestionedPlace {
  readonly relationId: RelationId;
  readonly administrationId: AdministrationId;
}

/** What answers are weighed by. */
export type NotedProposal = RelationPair &
  Pick<Proposal, 'score' | 'actionId'> & {
    readonly questionKind: string;
    readonly state: 'open' | 'same' | 'different';
  };

/** Pairs that wait for a person, or were decided. Those that were set aside are open. */
export interface Proposals {
  /** Adds those whose pair of accounts has no open proposal yet; says how many. */
  addMany(proposals: readonly Proposal[]): Promise<number>;
  findById(id: ProposalId): Promise<Proposal | undefined>;
  findByIdForUpdate(id: ProposalId): Promise<Proposal | undefined>;
  /** Those of the pairs, in whatever order of their two, that an open one is about. */
  findOpenPairs(pairs: readonly RelationPair[]): Promise<RelationPair[]>;
  /** Open ones that have a relation of the list on either side; locked, by id. */
  findOpenOfRelationsForUpdate(ids: readonly RelationId[]): Promise<Proposal[]>;
  /** The same without a lock. */
  findOpenOfRelations(ids: readonly RelationId[]): Promise<Proposal[]>;
  /** A present account in the administration of one of the relations of which it is asked, and not set aside, whether they are this one. */
  findAccountInQuestion(
    relationId: RelationId,
    administrationId: AdministrationId,
  ): Promise<SourceRelationId | undefined>;
  /**
   * Where present accounts stand of which it is asked, and not set aside, whether they are these relations; also where a person is not sure.
   * Each once.
   */
  findQuestioned(ids: readonly RelationId[]): Promise<QuestionedPlace[]>;
  /** Open ones that have an account of the list on either side; locked, by id. */
  findOpenOfSourcesForUpdate(ids: readonly SourceRelationId[]): Promise<Proposal[]>;
  /** By id. */
  findManyForUpdate(ids: readonly ProposalId[]): Promise<Proposal[]>;
  /** Sets open matches of exactly these accounts aside; says how many. Those that somebody decides at the moment stay. */
  setAside(marks: readonly AsideMark[]): Promise<number>;
  /** Matches of the kinds that answers may set aside that are open or answered, the latest first. */
  findOfAsideKinds(limit: number): Promise<NotedProposal[]>;
  /** Sets open matches of a kind aside up to a score, with a reason more. Those that somebody decides at the moment stay. */
  setKindAside(questionKind: string, upTo: number, reason: Reason): Promise<number>;
  /** Asks again what was set aside between these relations, in whatever order of the two; says how many. */
  askAgainBetween(pairs: readonly RelationPair[]): Promise<number>;
  /** Asks again what was set aside, except for questions of these kinds; says how many. Those that somebody decides at the moment stay. */
  askAgainExcept(kinds: readonly string[]): Promise<number>;
  countOpenInGroup(groupKey: string): Promise<number>;
  saveMany(proposals: readonly Proposal[]): Promise<void>;
}

export interface ProposalsTx {
  readonly proposals: Proposals;
}
