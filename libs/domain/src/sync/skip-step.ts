import type { CursorsTx } from './cursors.port.js';
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
  const { administrationId, isFullRead } = step;
  if (step.kind === 'deleted' && isFullRead && administrationId !== null)
    await tx.cursors.remove(administrationId, 'accounts');
  return skipped;
}
