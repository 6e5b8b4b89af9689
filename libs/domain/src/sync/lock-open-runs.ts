import { isOpen, type SyncRun } from './sync-run.js';
import type { SyncRunsTx } from './sync-runs.port.js';

/** Locks all runs that have not ended, also those that stand aside: by id, so that two who do so do not wait for each other. */
export async function lockOpenRuns(tx: SyncRunsTx): Promise<SyncRun[]> {
  const found = [...(await tx.syncRuns.findAside()), await tx.syncRuns.findOpen()];
  const locked: SyncRun[] = [];
  for (const id of [...new Set(found.flatMap((run) => run?.id ?? []))].toSorted()) {
    const run = await tx.syncRuns.findByIdForUpdate(id);
    if (run && isOpen(run)) locked.push(run);
  }
  return locked;
}
