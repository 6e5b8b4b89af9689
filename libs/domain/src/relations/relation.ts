import type { RelationId, SourceRelationId } from '../kernel/index.js';
import type { SharedField, SharedValues } from './fields.js';

/**
 * Where a value of a relation comes from. Without `source` it was typed in the portal or the ERP; without `byName` it was
 * chosen automatically, and may be chosen again. `at` is RFC 3339 in UTC.
 */
export interface Leading {
  readonly source?: SourceRelationId;
  readonly byName?: string;
  readonly at?: string;
}

/** Per field with a value (or with a deliberate choice) its origin. */
export type LeadingByField = Readonly<Partial<Record<SharedField, Leading>>>;

/** The merged, leading record (product.md 3.1): a set of links, and per field a value with its origin. */
export interface Relation {
  readonly id: RelationId;
  readonly values: SharedValues;
  readonly leading: LeadingByField;
  /** What a search looks in; `searchTextOf` makes it. */
  readonly searchText: string;
  readonly state: 'active' | 'merged' | 'deleted';
  /** Where a merged relation's id leads to. */
  readonly survivorId: RelationId | null;
  /** One of the coupled administrations itself (product.md 3.15): a badge. */
  readonly isIntercompany: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Whether a person chose this origin: then nothing is chosen again over their head. */
export function isChosen(leading: Leading | undefined): boolean {
  return leading?.byName !== undefined;
}
