import type { SourceRelationId } from '../kernel/index.js';
import type { AccountWrite, WriteIntent, WriteIntentsTx } from '../sync/index.js';
import type { SharedField, SharedValues } from './fields.js';

/** Writes that are meant for accounts and not settled, by account, in the order in which they arrive. */
export type PendingWrites = ReadonlyMap<SourceRelationId, readonly AccountWrite[]>;

/** What is not settled of the accounts; an account for which nothing is meant is not in it. */
export async function findPendingWrites(
  tx: WriteIntentsTx,
  ids: readonly SourceRelationId[],
): Promise<PendingWrites> {
  const pending = new Map<SourceRelationId, AccountWrite[]>();
  for (const intent of await tx.writeIntents.findOpenOf(ids))
    if (intent.part === null && intent.sourceRelationId)
      pending.set(intent.sourceRelationId, [...(pending.get(intent.sourceRelationId) ?? []), intent]);
  return pending;
}

/** Whether a worker may have sent it already: it can no longer be taken back, only be followed by another. */
export function isUnderWay({ state }: Pick<WriteIntent, 'state'>): boolean {
  return state === 'sent' || state === 'uncertain';
}

/** What the writes say of the field. */
export function valuesIn(intents: readonly AccountWrite[], field: SharedField): SharedValues[SharedField][] {
  return intents.flatMap(({ patch }) => {
    const value = patch[field];
    return value === undefined ? [] : [value];
  });
}
