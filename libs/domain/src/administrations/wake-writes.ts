import type { AdministrationId, OutboxTx, SourceRelationId, WriteIntentId } from '../kernel/index.js';
import type { WriteIntentsTx } from '../sync/index.js';

/** What more is due, the sweeper finds. */
const messagesMax = 5_000;

/** Longer than anything waits for a standstill. What waits longer has its own time: a limit of the day, or its turn among many new accounts. */
const standstillMs = 60 * 60_000;
/** A write that stands behind another to its account waits this long at most before it looks again. */
export const longestTurnMs = 60_000;
const foreverMs = 100 * 365 * 24 * 3_600_000;

/** Lets the writes that wait for the administrations look at once whether their turn has come: what they waited for is another by now. */
export function wakeWrites(
  tx: WriteIntentsTx & OutboxTx,
  ids: readonly AdministrationId[],
  now: Date,
): Promise<void> {
  return wake(tx, ids, { now, until: new Date(now.getTime() + standstillMs) });
}

/** Lets all writes into an administration that takes part no more look at once, and end or wait for its return: none may go out by itself then. */
export function endWrites(tx: WriteIntentsTx & OutboxTx, id: AdministrationId, now: Date): Promise<void> {
  return wake(tx, [id], { now, until: new Date(now.getTime() + foreverMs) });
}

/** Lets what stands behind a write to the account that ended, was given up or was taken back look at once whether its turn has come. */
export async function wakeBehind(
  tx: WriteIntentsTx & OutboxTx,
  account: SourceRelationId | null,
  now: Date,
): Promise<void> {
  if (account === null) return;
  const until = new Date(now.getTime() + longestTurnMs);
  await send(tx, await tx.writeIntents.makeTurnsDue(account, { now, until }));
}

async function wake(
  tx: WriteIntentsTx & OutboxTx,
  ids: readonly AdministrationId[],
  of: { readonly now: Date; readonly until: Date },
): Promise<void> {
  await send(tx, await tx.writeIntents.makeDue(ids, of));
}

async function send({ outbox }: OutboxTx, woken: readonly WriteIntentId[]): Promise<void> {
  const messages = woken.slice(0, messagesMax).map((intentId) => ({ kind: 'send-write', intentId }) as const);
  if (messages.length > 0) await outbox.addMany(messages);
}
