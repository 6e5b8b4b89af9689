import { asId, type SourceRelationId, type SyncRunId } from '../kernel/index.js';
import type { MatchKeysTx } from './match-keys.port.js';
import { keysOfAccounts } from './neighbours.js';
import type { SourceRelationsTx } from './source-relations.port.js';

/**
 * Keeps the keys that an account has after Koppel itself wrote to it or made it (product.md 3.3, 3.4): its echo is no change, so no run
 * compares it, and whoever says the same later would not find it. Under an id of now: a comparison of everything that is under way may
 * have read the account before, and forgets only what is older than itself.
 */
export async function keepKeys(
  tx: SourceRelationsTx & MatchKeysTx,
  id: SourceRelationId,
  newId: () => string,
): Promise<void> {
  const comparables = await tx.sourceRelations.findComparablesOf([id]);
  const keys = keysOfAccounts(comparables.map(({ record }) => record));
  await tx.matchKeys.addMany(asId<SyncRunId>(newId()), keys);
}
