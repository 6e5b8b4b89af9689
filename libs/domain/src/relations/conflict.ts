import type { AdministrationId, ConflictId, RelationId, SourceRelationId } from '../kernel/index.js';
import type { SharedField, SharedValues } from './fields.js';

type SharedValue = SharedValues[SharedField];

/** One side of a conflict: the relation's own value, or what an account says now. */
export interface ConflictCandidate {
  /** `relation`, or the account's id. */
  readonly side: 'relation' | SourceRelationId;
  readonly administrationId: AdministrationId | null;
  readonly value: SharedValue;
  /** RFC 3339. */
  readonly changedAt: string | null;
}

/** Different edits of one field on two sides since their base (product.md 3.3). One open per relation and field. */
export interface Conflict {
  readonly id: ConflictId;
  readonly relationId: RelationId;
  readonly field: SharedField;
  readonly base: SharedValue;
  readonly candidates: readonly ConflictCandidate[];
  readonly state: 'open' | 'resolved';
  readonly openedAt: Date;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: string | null;
  readonly version: number;
}
