import type { AdministrationId, RelationId, SourceRelationId, WriteIntentId } from '../kernel/index.js';
import type { SharedValues } from '../relations/index.js';

/** What Koppel means to write into one account of one administration. */
export interface WriteIntent {
  readonly id: WriteIntentId;
  readonly administrationId: AdministrationId;
  readonly relationId: RelationId;
  /** Null for a create. */
  readonly sourceRelationId: SourceRelationId | null;
  readonly kind: 'update' | 'create';
  /** Only the shared fields that change. */
  readonly patch: Partial<SharedValues>;
  /** Uncertain: sent, answer lost; looked up before it is repeated (product.md 3.17). */
  readonly state: 'planned' | 'sent' | 'confirmed' | 'uncertain' | 'failed' | 'superseded';
  readonly attempts: number;
  readonly failure: { readonly kind: string; readonly message: string } | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly dueAt: Date;
  readonly sentAt: Date | null;
  readonly settledAt: Date | null;
}
