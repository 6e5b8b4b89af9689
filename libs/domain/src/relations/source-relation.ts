import type { AdministrationId, SourceRelationId } from '../kernel/index.js';
import type { SharedValues, SourceFields } from './fields.js';

/** One account in one administration (product.md 3.1): never changed or thrown away by a merge. */
export interface SourceRelation {
  readonly id: SourceRelationId;
  readonly administrationId: AdministrationId;
  readonly exactId: string;
  readonly rowVersion: bigint;
  readonly fields: SourceFields;
  /**
   * Shared values as last compared with the relation: the base of the three-way merge. Null while the account says what it
   * said then: fetching keeps the old values here with the first change, comparing clears them.
   */
  readonly base: SharedValues | null;
  readonly isCustomer: boolean;
  readonly isSupplier: boolean;
  /** The account that represents a coupled administration itself (product.md 3.15). */
  readonly isOwnCompany: boolean;
  readonly isBlocked: boolean;
  readonly state: 'present' | 'deleted';
  readonly contentHash: string;
  readonly modifiedAt: Date | null;
  readonly changedAt: Date;
}
