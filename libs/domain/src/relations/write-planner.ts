import { asId, type OutboxTx, type RelationId, type SourceRelationId, type WriteIntentId } from '../kernel/index.js';
import type { WriteIntent, WriteIntentsTx } from '../sync/index.js';
import type { SharedField, SharedValues } from './fields.js';
import type { LinkedMember, Positions } from './members.js';
import { isEmpty, saysTheSame } from './same-value.js';

/** Shared values to be written into one account. */
export interface PlannedWrite {
  readonly member: LinkedMember;
  readonly relationId: RelationId;
  readonly patch: Partial<SharedValues>;
}

export interface WriteFacts {
  readonly newId: () => string;
  readonly now: Date;
  readonly byName: string;
}

/** Whether Koppel writes into the account at all: linked, there, booked on, in an administration whose coupling is active. */
export function isWritable(member: LinkedMember, administrations: Positions): boolean {
  const administration = administrations.get(member.source.administrationId);
  return (
    member.isLinked &&
    !member.isAlias &&
    member.source.state === 'present' &&
    administration?.state === 'active'
  );
}

/** The fields of `fields` in which the account says something else than the relation. Exact wants a name. */
export function differingPatch(
  member: LinkedMember,
  values: SharedValues,
  fields: readonly SharedField[],
): Partial<SharedValues> {
  const patch: Record<string, SharedValues[SharedField]> = {};
  for (const field of fields) {
    if (saysTheSame(field, member.source.fields.shared[field], values[field])) continue;
    if (field === 'name' && isEmpty(values.name)) continue;
    patch[field] = values[field];
  }
  return patch as Partial<SharedValues>; // field by field from `values`
}

/**
 * Plans the writes and sends word of each. A write that waits already is replaced by one that says both, so that an older
 * value never arrives after a newer one. Says how many.
 */
export async function planWritesFor(
  tx: WriteIntentsTx & OutboxTx,
  writes: readonly PlannedWrite[],
  facts: WriteFacts,
): Promise<number> {
  const intents: WriteIntent[] = [];
  for (const write of writes) {
    if (Object.keys(write.patch).length === 0) continue;
    const earlier = await supersedePlanned(tx, write.member.source.id, facts.now);
    intents.push(toIntent(write, { ...earlier, ...write.patch }, facts));
  }
  if (intents.length === 0) return 0;
  await tx.writeIntents.addMany(intents);
  for (const intent of intents) await tx.outbox.add({ kind: 'send-write', intentId: intent.id });
  return intents.length;
}

/** Takes fields out of the writes that still wait for an account, because somebody has changed them there meanwhile. */
export async function withdrawWrites(
  tx: WriteIntentsTx & OutboxTx,
  withdrawal: { readonly member: LinkedMember; readonly relationId: RelationId; readonly fields: readonly SharedField[] },
  facts: WriteFacts,
): Promise<void> {
  const planned = await findPlanned(tx, withdrawal.member.source.id);
  if (!planned.some((intent) => withdrawal.fields.some((field) => field in intent.patch))) return;
  const rest = await supersedePlanned(tx, withdrawal.member.source.id, facts.now);
  const kept = Object.entries(rest).filter(([field]) => !withdrawal.fields.includes(field as SharedField)); // own keys
  const patch = Object.fromEntries(kept) as Partial<SharedValues>;
  await planWritesFor(tx, [{ member: withdrawal.member, relationId: withdrawal.relationId, patch }], facts);
}

async function findPlanned(tx: WriteIntentsTx, id: SourceRelationId): Promise<WriteIntent[]> {
  const open = await tx.writeIntents.findOpenOf(id);
  return open.filter((intent) => intent.state === 'planned' && intent.kind === 'update');
}

async function supersedePlanned(tx: WriteIntentsTx, id: SourceRelationId, now: Date): Promise<Partial<SharedValues>> {
  let patch: Partial<SharedValues> = {};
  for (const { id: intentId } of await findPlanned(tx, id)) {
    const intent = await tx.writeIntents.findByIdForUpdate(intentId);
    if (intent?.state !== 'planned') continue;
    patch = { ...patch, ...intent.patch };
    await tx.writeIntents.save({ ...intent, state: 'superseded', settledAt: now });
  }
  return patch;
}

function toIntent(write: PlannedWrite, patch: Partial<SharedValues>, facts: WriteFacts): WriteIntent {
  return {
    id: asId<WriteIntentId>(facts.newId()),
    administrationId: write.member.source.administrationId,
    relationId: write.relationId,
    sourceRelationId: write.member.source.id,
    kind: 'update',
    patch,
    state: 'planned',
    attempts: 0,
    failure: null,
    createdBy: facts.byName,
    createdAt: facts.now,
    dueAt: facts.now,
    sentAt: null,
    settledAt: null,
  };
}
