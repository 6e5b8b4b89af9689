import type { IssuesTx } from '../issues/index.js';
import type { ActionId, Actor, ProposalId, RelationId, SourceRelationId, TenantId } from '../kernel/index.js';
import type { SharedField } from './fields.js';
import type { LinkedMember } from './members.js';
import type { OpenRelation, RelationDeskTx } from './open-relation.js';
import type { Proposal } from './proposal.js';
import type { ProposalsTx } from './proposals.port.js';
import type { Relation } from './relation.js';
import type { JudgeTx } from './verdicts.js';

export type DecideTx = RelationDeskTx & ProposalsTx & JudgeTx & IssuesTx;

export interface DecideProposal {
  readonly tenantId: TenantId;
  readonly proposalId: ProposalId;
  /** `shownVersion` of what the person saw: a change of either relation refuses the decision (F71). */
  readonly version: number;
  readonly verdict: 'same' | 'different' | 'unsure';
  /** For "same", per differing field the account whose value leads; the rest takes the suggestion. */
  readonly leading?: Readonly<Partial<Record<SharedField, SourceRelationId>>>;
  /** For "same", where an administration gets two accounts: the ones to book on. */
  readonly bookOn?: readonly SourceRelationId[];
  /** What this act has in common with others that one person did at once. */
  readonly batchId?: string;
  readonly actor: Actor;
}

export interface Decision {
  readonly proposalId: ProposalId;
  readonly actionId: ActionId;
  /** The relation that both belong to now; null when they stay apart. */
  readonly relationId: RelationId | null;
}

export type DecideProposalError =
  | { readonly kind: 'not-found' }
  | { readonly kind: 'changed-meanwhile'; readonly version: number }
  | {
      readonly kind: 'already-decided';
      readonly verdict: string;
      readonly byName: string;
      readonly at: string;
    }
  | { readonly kind: 'merge-not-possible'; readonly reason: 'intercompany' | 'account-deleted' }
  | { readonly kind: 'fields-undecided'; readonly fields: readonly string[] };

/** What a decision works on: everything under lock. */
export interface DecisionDesk {
  readonly proposal: Proposal;
  readonly relations: readonly [Relation, Relation];
  /** The accounts of both, in the order of the relations. */
  readonly members: readonly (readonly LinkedMember[])[];
  readonly administrations: OpenRelation['administrations'];
  readonly now: Date;
  readonly today: string;
  readonly actionId: ActionId;
}
