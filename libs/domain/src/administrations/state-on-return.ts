import type { CouplingsTx } from '../coupling/index.js';
import { isReturning, type Administration, type AdministrationState } from './administration.js';

/**
 * What an administration is once it goes on, or its access is back. One that was being coupled, for the first time or anew, goes on so while
 * the coupling is under way; has that gone on without it, it can be chosen again (product.md 3.6): nothing else would take it up.
 */
export async function stateOnReturn(
  tx: CouplingsTx,
  administration: Pick<Administration, 'selectedAt' | 'activatedAt'>,
): Promise<AdministrationState> {
  const wasActive = administration.activatedAt !== null;
  if (wasActive && !isReturning(administration)) return 'active';
  if ((await tx.couplings.find())?.step !== 'active') return 'coupling';
  return wasActive ? 'removed' : 'available';
}
