import type { ProposalId, RelationId, SourceRelationId } from '../kernel/index.js';
import type { Proposal } from './proposal.js';

/** Pairs that wait for a person, or were decided. */
export interface Proposals {
  /** Adds those whose pair of accounts has no open proposal yet; says how many. */
  addMany(proposals: readonly Proposal[]): Promise<number>;
  findById(id: ProposalId): Promise<Proposal | undefined>;
  findByIdForUpdate(id: ProposalId): Promise<Proposal | undefined>;
  /** The pairs of relations that an open one is about, where both are in the list. */
  findOpenPairs(ids: readonly RelationId[]): Promise<Pick<Proposal, 'relationA' | 'relationB'>[]>;
  /** Open ones that have a relation of the list on either side; locked, by id. */
  findOpenOfRelationsForUpdate(ids: readonly RelationId[]): Promise<Proposal[]>;
  /** Open ones that have an account of the list on either side; locked, by id. */
  findOpenOfSourcesForUpdate(ids: readonly SourceRelationId[]): Promise<Proposal[]>;
  /** By id. */
  findManyForUpdate(ids: readonly ProposalId[]): Promise<Proposal[]>;
  countOpenInGroup(groupKey: string): Promise<number>;
  saveMany(proposals: readonly Proposal[]): Promise<void>;
}

export interface ProposalsTx {
  readonly proposals: Proposals;
}
