import type { AdministrationId, OutboxTx } from '../kernel/index.js';
import type { WriteIntentsTx } from '../sync/index.js';

/** What more is due, the sweeper finds. */
const messagesMax = 5_000;

/** Lets the writes that wait for the administrations look at once whether their turn has come: what they waited for is another by now. */
export async function wakeWrites(
  tx: WriteIntentsTx & OutboxTx,
  ids: readonly AdministrationId[],
  now: Date,
): Promise<void> {
  const woken = await tx.writeIntents.makeDue(ids, now);
  const messages = woken.slice(0, messagesMax).map((intentId) => ({ kind: 'send-write', intentId }) as const);
  if (messages.length > 0) await tx.outbox.addMany(messages);
}
