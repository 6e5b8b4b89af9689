import type { RelationId, SourceRelationId } from '../kernel/index.js';

/** What an account is to the administration that it stands in. */
export type AccountRole = 'customer' | 'supplier';
export type Role = AccountRole | 'other';

/** One account, in one role, belongs to one relation. Unique by account and role (product.md 3.2). */
export interface Link {
  readonly sourceRelationId: SourceRelationId;
  readonly role: Role;
  readonly relationId: RelationId;
  /** Deleted: the account is gone in Exact; the relation is kept (product.md 3.11). */
  readonly state: 'linked' | 'deleted';
  readonly origin: 'own' | 'automatic' | 'person';
  /** A double that nobody books on (product.md 3.7a). */
  readonly isAlias: boolean;
  readonly linkedAt: Date;
}

/** The roles an account plays; `other` when it is neither customer nor supplier. */
export function rolesOf(account: { readonly isCustomer: boolean; readonly isSupplier: boolean }): Role[] {
  const roles: Role[] = [];
  if (account.isCustomer) roles.push('customer');
  if (account.isSupplier) roles.push('supplier');
  return roles.length > 0 ? roles : ['other'];
}
