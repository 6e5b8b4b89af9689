import type { Actor, TenantId } from '@koppel/domain/kernel';

export type CallerRole = 'viewer' | 'reviewer' | 'admin';

/** Who is behind a request, as it is now: read from the database at every request, so a lost right works at once. */
export interface Caller {
  readonly actor: Actor;
  /** The tenant that is worked in, and what may be done there. */
  readonly tenant:
    { readonly id: TenantId; readonly role: CallerRole; readonly isFeatureEnabled: boolean } | undefined;
  readonly isOperator: boolean;
  /** Set for a person with a session; not for an API key. */
  readonly session: { readonly userId: string; readonly idHash: string } | undefined;
}

const ranks: Readonly<Record<CallerRole, number>> = { viewer: 1, reviewer: 2, admin: 3 };

/** viewer < reviewer < admin. */
export function hasRole(caller: Caller, needed: CallerRole): boolean {
  return caller.tenant !== undefined && ranks[caller.tenant.role] >= ranks[needed];
}

/** The strongest of a key's scopes. */
export function strongest(roles: readonly CallerRole[]): CallerRole {
  return roles.reduce((best, role) => (ranks[role] > ranks[best] ? role : best), 'viewer');
}
