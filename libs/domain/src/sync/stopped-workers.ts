import { tellLaterOfDoubt } from './not-arrived.js';
import { fail } from './fail-write.js';
import type { SendWriteDeps, SendWriteTx, WriteOutcome } from './send-write.js';
import type { SourceRelation } from '../relations/index.js';
import { crashesMax } from './sync-step.js';
import type { WriteIntent } from './write-intent.js';

const workerStopped = 'worker-stopped';

/** How many workers in a row took the write and told no end of it, now that its time is over. */
function stopsOf({ state, failure }: Pick<WriteIntent, 'state' | 'failure'>): number {
  if (state !== 'sent') return 0;
  return (failure?.kind === workerStopped ? (failure.times ?? 0) : 0) + 1;
}

/** What is known of the workers before, for the write that is claimed now: any end that is told makes up for them. */
export function failureWhenClaimed(intent: Pick<WriteIntent, 'state' | 'failure'>): WriteIntent['failure'] {
  const times = stopsOf(intent);
  if (times > 0) return { kind: workerStopped, message: 'its worker stopped', times };
  return intent.failure?.kind === workerStopped ? null : intent.failure;
}

/** Whether the write stops every worker that takes it (F04). */
export function stopsWorkers(intent: WriteIntent): boolean {
  return stopsOf(intent) >= crashesMax;
}

/** Nobody takes it any more: people are asked, and who says so has it looked up and sent again. */
export async function giveUpStopping(
  tx: SendWriteTx,
  deps: SendWriteDeps,
  { intent, source }: { readonly intent: WriteIntent; readonly source: SourceRelation | null },
): Promise<WriteOutcome> {
  await tellLaterOfDoubt(tx, intent);
  const message = `its worker stopped ${stopsOf(intent)} times`;
  return fail(tx, deps, {
    claimed: { intent, source },
    failure: { kind: 'uncertain', message },
    cause: 'write-uncertain',
  });
}
