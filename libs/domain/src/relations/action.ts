import type {
  ActionId,
  AdministrationId,
  ProposalId,
  RelationId,
  SourceRelationId,
} from '../kernel/index.js';
import type { AccountWrite } from '../sync/index.js';
import type { SharedField, SharedValues } from './fields.js';
import type { JudgementVerdict } from './judgement.js';
import type { Link } from './link.js';
import type { ProposalState } from './proposal.js';
import type { LeadingByField, Relation } from './relation.js';

export type ActionKind =
  | 'merge'
  | 'merge-automatic'
  | 'keep-apart'
  | 'unsure'
  | 'unlink'
  | 'choose-leading'
  | 'edit'
  | 'resolve-conflict'
  | 'exact-change'
  | 'undo';

/** A relation as a picture keeps it: all that undo must bring back. */
export interface RelationPicture {
  readonly id: RelationId;
  readonly values: SharedValues;
  readonly leading: LeadingByField;
  readonly state: Relation['state'];
  readonly survivorId: RelationId | null;
  readonly isIntercompany: boolean;
}

/** A link without its time of day as an object: pictures are JSON. */
export interface LinkPicture extends Omit<Link, 'linkedAt'> {
  readonly linkedAt: string;
}

/** A proposal's state before or after the act. */
export interface ProposalPicture {
  readonly id: ProposalId;
  readonly state: ProposalState;
  readonly relationA: RelationId;
  readonly relationB: RelationId;
}

/** The newest verdict on a pair, null when nobody had said anything. */
export interface VerdictPicture {
  readonly sourceA: SourceRelationId;
  readonly sourceB: SourceRelationId;
  readonly verdict: JudgementVerdict | null;
}

/** An account that was to be made, as it stood before a merge moved or ended that. */
export type CreatePicture = Pick<AccountWrite, 'id' | 'relationId' | 'roles' | 'state'>;

/** What stood before an act, or after it. JSON-safe. */
export interface Picture {
  readonly relations: readonly RelationPicture[];
  readonly links: readonly LinkPicture[];
  readonly proposals: readonly ProposalPicture[];
  readonly verdicts: readonly VerdictPicture[];
  /** The accounts' contents at that time: undo restores values exactly while these are unchanged. */
  readonly sources: readonly { readonly id: SourceRelationId; readonly contentHash: string }[];
  /** Absent where the act touched none. */
  readonly creates?: readonly CreatePicture[];
  /** By which version of the matcher accounts were joined; absent where a person decided, and in acts of before 2.12.0. */
  readonly matcherVersion?: string;
}

/** One act on relations, with what stood before: history and undo. */
export interface Action {
  readonly id: ActionId;
  readonly kind: ActionKind;
  readonly actorId: string;
  readonly actorName: string;
  readonly at: Date;
  readonly relationIds: readonly RelationId[];
  readonly administrationId: AdministrationId | null;
  readonly before: Picture;
  readonly after: Picture;
  readonly batchId: string | null;
  readonly undoOf: ActionId | null;
  readonly undoneBy: ActionId | null;
  readonly isUndoable: boolean;
}

/** A picture of nothing. */
export const emptyPicture: Picture = { relations: [], links: [], proposals: [], verdicts: [], sources: [] };

/** The fields whose value or origin an act changed, per relation that stood on both sides. */
export function changedFields(action: Pick<Action, 'before' | 'after'>): Map<RelationId, SharedField[]> {
  const before = new Map(action.before.relations.map((relation) => [relation.id, relation]));
  const changed = new Map<RelationId, SharedField[]>();
  for (const relation of action.after.relations) {
    const earlier = before.get(relation.id);
    if (!earlier) continue;
    const fields = Object.keys(relation.values) as SharedField[]; // the keys of SharedValues
    changed.set(
      relation.id,
      fields.filter(
        (field) =>
          JSON.stringify([relation.values[field], relation.leading[field] ?? null]) !==
          JSON.stringify([earlier.values[field], earlier.leading[field] ?? null]),
      ),
    );
  }
  return changed;
}
