import { ok, type Result, type SourceRelationId } from '../kernel/index.js';
import {
  addCounts,
  noCounts,
  tell,
  type CompareCounts,
  type CompareDeps,
  type CompareRun,
} from './compare-command.js';
import { loadAdministrations } from './members.js';
import { placeAccounts } from './place-accounts.js';

const accountsPerTransaction = 200;
/** Two million accounts. */
const transactionsMax = 10_000;

/**
 * Looks accounts up anew whose bank accounts changed: Exact changes nothing of the account then, but a number that somebody else has makes
 * a question, as it would in a comparison of everything (matching.md: batch and incremental agree), and later accounts are found by it.
 */
export async function compareNumbers(deps: CompareDeps, command: CompareRun): Promise<CompareCounts> {
  let counts = noCounts;
  let after: SourceRelationId | null = null;
  for (let portion = 0; portion < transactionsMax; portion += 1) {
    const place: SourceRelationId | null = after;
    const compared: Result<{ last: SourceRelationId | null; counts: CompareCounts }, never> =
      await deps.uow.run(command.tenantId, async (tx) => {
        const moved = await tx.sourceRelations.findWithNewNumbers(place, accountsPerTransaction);
        if (moved.length === 0) return ok({ last: null, counts: noCounts });
        await tx.relations.lockForComparing();
        const administrations = await loadAdministrations(tx);
        const placed = await placeAccounts(deps, command, { tx, administrations, fresh: [], moved });
        return ok({ last: moved.at(-1) ?? null, counts: await tell(tx, command, placed) });
      });
    if (!compared.ok || compared.value.last === null) break; // never failed: `work` has no expected failure
    counts = addCounts(counts, compared.value.counts);
    after = compared.value.last;
  }
  return counts;
}
