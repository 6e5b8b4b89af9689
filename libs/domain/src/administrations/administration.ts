import type { AdministrationId, ConnectionId } from '../kernel/index.js';
import type { WritePolicy } from './write-policy.js';

export type AdministrationState =
  'available' | 'selected' | 'coupling' | 'active' | 'paused' | 'access-lost' | 'removed';

/** Whether it takes no part, or no part any more. */
export function isUncoupled(state: AdministrationState): boolean {
  return state === 'available' || state === 'removed';
}

/**
 * Whether it was removed and was chosen anew since, also where it lost its access while it was being added: as into one that was never active,
 * nothing is written before the admin saw its plan (product.md 3.6, 3.19).
 */
export function isReturning({
  selectedAt,
  activatedAt,
}: Pick<Administration, 'selectedAt' | 'activatedAt'>): boolean {
  return selectedAt !== null && activatedAt !== null && selectedAt > activatedAt;
}

/**
 * Whether what is meant for it reaches Exact some day without another word: its coupling is active, or rests because it was paused or lost
 * its access. What is edited meanwhile waits (product.md 3.6).
 */
export function takesWrites(
  administration: Pick<Administration, 'state' | 'selectedAt' | 'activatedAt'>,
): boolean {
  const { state, activatedAt } = administration;
  if (state === 'active') return true;
  const isResting = state === 'paused' || state === 'access-lost';
  return isResting && activatedAt !== null && !isReturning(administration);
}

/** Why an administration cannot be coupled. */
export type UnavailableReason = 'no-rights' | 'inactive' | 'archived' | 'blocked' | 'template' | 'not-listed';

/** One administration (Exact's division) as this tenant knows it. Rows are never deleted: codes stay reserved. */
export interface Administration {
  readonly id: AdministrationId;
  readonly connectionId: ConnectionId;
  readonly region: string;
  /** The number in every URL. Not unique over regions. */
  readonly division: number;
  readonly name: string;
  readonly legalName: string | null;
  /** The number that people see in Exact. */
  readonly number: string | null;
  readonly kvk: string | null;
  readonly vat: string | null;
  readonly country: string | null;
  readonly currency: string | null;
  /** Exact's DivisionMoveDate and HR-link date in one text; a change means all row versions are new. */
  readonly movedAt: string | null;
  readonly state: AdministrationState;
  readonly stateReason: string | null;
  readonly unavailableReason: UnavailableReason | null;
  readonly code: string | null;
  readonly codeLockedAt: Date | null;
  readonly writePolicy: WritePolicy;
  readonly position: number;
  readonly listedAt: Date;
  /** Since when it is chosen to be coupled; null once it is active, and later than `activatedAt` where it was removed before (isReturning). */
  readonly selectedAt: Date | null;
  /** The first time. */
  readonly activatedAt: Date | null;
  readonly lastSyncedAt: Date | null;
  readonly nextSyncAt: Date | null;
  readonly version: number;
}
