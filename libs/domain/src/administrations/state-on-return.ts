import type { CouplingsTx } from '../coupling/index.js';
import type { Administration, AdministrationState } from './administration.js';

/**
 * What an administration is once it goes on, or its access is back. One that was never active goes on being coupled while the coupling is
 * under way; has that gone on without it, it can be chosen again (product.md 3.6): nothing else would take it up.
 */
export async function stateOnReturn(
  tx: CouplingsTx,
  { activatedAt }: Pick<Administration, 'activatedAt'>,
): Promise<AdministrationState> {
  if (activatedAt !== null) return 'active';
  return (await tx.couplings.find())?.step === 'active' ? 'available' : 'coupling';
}
