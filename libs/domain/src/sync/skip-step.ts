import type { CursorsTx } from './cursors.port.js';
import { isProvable } from './data-kind.js';
import { readWholeAgain } from './read-whole-again.js';
import { endedStep, type SyncStep } from './sync-step.js';
import type { SyncStepsTx } from './sync-steps.port.js';

/**
 * Ends a step without having done it. What a full read did not meet is proven gone by its last step alone: when that is left out, the next
 * run reads everything again and tries the proof (E10, E11, I8). No log tells of what vanished before it.
 */
export async function skipStep(
  tx: SyncStepsTx & CursorsTx,
  step: SyncStep,
  { now, failure }: { readonly now: Date; readonly failure?: SyncStep['failure'] },
): Promise<SyncStep> {
  const skipped = endedStep(step, { state: 'skipped', ...(failure ? { failure } : {}) }, now);
  await tx.syncSteps.save(skipped);
  await readAgain(tx, step);
  return skipped;
}

/** After a proof that did not come about: the next run reads those kinds again that were read in full. */
export async function readAgain(
  tx: SyncStepsTx & CursorsTx,
  { kind, runId, administrationId, isFullRead }: SyncStep,
): Promise<void> {
  if (kind !== 'deleted' || !isFullRead || administrationId === null) return;
  const steps = await tx.syncSteps.findOfAdministration(runId, administrationId);
  for (const each of steps)
    if (each.kind !== 'compare' && each.isFullRead && isProvable(each.kind))
      await readWholeAgain(tx, administrationId, each.kind);
}
