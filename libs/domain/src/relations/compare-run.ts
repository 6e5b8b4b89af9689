import { ok } from '../kernel/index.js';
import { compareChanges } from './compare-changes.js';
import { addCounts, type CompareCounts, type CompareDeps, type CompareRun } from './compare-command.js';
import { compareEverything } from './compare-everything.js';

/**
 * Compares the accounts of a run and carries out what is certain: relations, links, questions, doubles, three-way merges,
 * write intents. Set-based, in many small transactions, and idempotent: after a crash it is called again and does what is
 * left. One at a time per tenant.
 */
export async function compareRun(deps: CompareDeps, command: CompareRun): Promise<CompareCounts> {
  if (command.runKind === 'resync' && (await isComparedByThisVersion(deps, command)))
    return compareChanges(deps, command);
  const compared = await compareEverything(deps, command);
  // Accounts that an earlier, unfinished run had linked may have changed since.
  return addCounts(compared, await compareChanges(deps, command));
}

/** Otherwise what is stored of the matcher, keys and all, was made by another: single accounts would find nobody by it. */
async function isComparedByThisVersion(deps: CompareDeps, { tenantId }: CompareRun): Promise<boolean> {
  const model = await deps.uow.run(tenantId, async (tx) => ok(await tx.matchModel.find()));
  return model.ok && model.value !== undefined;
}
