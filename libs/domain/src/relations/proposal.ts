import type {
  ActionId,
  AdministrationId,
  ProposalId,
  RelationId,
  SourceRelationId,
  SyncRunId,
} from '../kernel/index.js';
import type { Reason } from './matching/index.js';

export type ProposalState = 'open' | 'same' | 'different' | 'unsure' | 'superseded';

/** The place of a question whose lesson nobody weighed: behind all that were. The largest whole number that a column holds. */
export const teachesLast = 2 ** 31 - 1;

/** A pair that a person decides: two relations, shown by the two accounts that look most alike. */
export interface Proposal {
  readonly id: ProposalId;
  readonly runId: SyncRunId | null;
  /** Double: both accounts stand in one administration (product.md 3.7). */
  readonly kind: 'match' | 'double';
  readonly administrationId: AdministrationId | null;
  /** For doubles the cause key of the issue that their group opened. */
  readonly groupKey: string | null;
  readonly sourceA: SourceRelationId;
  readonly sourceB: SourceRelationId;
  readonly relationA: RelationId;
  readonly relationB: RelationId;
  /** Bits. */
  readonly score: number;
  readonly probability: number;
  readonly reasons: readonly Reason[];
  readonly vetoes: readonly Reason[];
  readonly matcherVersion: string;
  /** The kind of question that it is (matching/question-kinds.ts); empty where no answer to others tells of it, null where nobody noted it. */
  readonly questionKind: string | null;
  /** Open, but answers to others of its kind say that it need not be asked; it waits apart from the queue. */
  readonly isAside: boolean;
  /** How many questions of the comparison that asked it teach more; `teachesLast` for doubles and for what was compared by itself. */
  readonly teaching: number;
  readonly state: ProposalState;
  readonly decidedBy: string | null;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  /** The act that decided it: what undo takes back. */
  readonly actionId: ActionId | null;
  readonly createdAt: Date;
  readonly version: number;
}

/**
 * What a person who decides must have seen: any change of the proposal or of either relation raises it, and nothing lowers
 * it (F71).
 */
export function shownVersion(
  proposal: Pick<Proposal, 'version'>,
  relations: readonly { readonly version: number }[],
): number {
  return relations.reduce((sum, relation) => sum + relation.version, proposal.version);
}
