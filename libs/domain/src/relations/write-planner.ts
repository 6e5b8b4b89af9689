import {
  asId,
  type OutboxTx,
  type RelationId,
  type SourceRelationId,
  type WriteIntentId,
} from '../kernel/index.js';
import type { AccountWrite, WriteIntentsTx } from '../sync/index.js';
import type { SharedField, SharedValues } from './fields.js';
import type { LinkedMember, Positions } from './members.js';
import { isChosen, type Relation } from './relation.js';
import { isEmpty, saysTheSame } from './same-value.js';

/** Shared values to be written into one account. */
export interface PlannedWrite {
  readonly member: LinkedMember;
  readonly relationId: RelationId;
  readonly patch: Partial<SharedValues>;
  /** The fields that were looked at: what waits for the account in these is replaced, also by nothing. */
  readonly fields: readonly SharedField[];
}

export interface WriteFacts {
  readonly newId: () => string;
  readonly now: Date;
  readonly byName: string;
}

/** Whether the account takes part in sharing: linked, there, and booked on. */
export function isSharing(member: LinkedMember): boolean {
  return member.isLinked && !member.isAlias && member.source.state === 'present';
}

/** Whether Koppel writes into the account: it shares, in an administration whose coupling is active. */
export function isWritable(member: LinkedMember, administrations: Positions): boolean {
  return isSharing(member) && administrations.get(member.source.administrationId)?.state === 'active';
}

/**
 * The fields of `fields` in which the account says something else than the relation. What nobody said deletes nothing
 * (product.md 3.13): an empty value is written only when a person chose or typed it. Exact wants a name.
 */
export function differingPatch(
  member: LinkedMember,
  relation: Pick<Relation, 'values' | 'leading'>,
  fields: readonly SharedField[],
): Partial<SharedValues> {
  const patch: Record<string, SharedValues[SharedField]> = {};
  for (const field of fields) {
    const value = relation.values[field];
    if (saysTheSame(field, member.source.fields.shared[field], value)) continue;
    if (isEmpty(value) && (field === 'name' || !isChosen(relation.leading[field]))) continue;
    patch[field] = value;
  }
  return patch; // field by field from the relation
}

/**
 * Plans the writes, one per account, and sends word of each. A write that waits already is replaced by one that says both, so that an older
 * value never arrives after a newer one, and a value that is taken back never arrives. Says how many.
 */
export async function planWritesFor(
  tx: WriteIntentsTx & OutboxTx,
  writes: readonly PlannedWrite[],
  facts: WriteFacts,
): Promise<number> {
  const intents: AccountWrite[] = [];
  const planned = await findPlanned(tx, writes);
  for (const write of writes) {
    const waiting = planned.get(write.member.source.id) ?? [];
    const isStale = waiting.some((intent) => write.fields.some((field) => field in intent.patch));
    if (Object.keys(write.patch).length === 0 && !isStale) continue;
    const earlier = await supersede(tx, waiting, facts.now);
    const patch = { ...without(earlier, write.fields), ...write.patch };
    if (Object.keys(patch).length > 0) intents.push(toIntent(write, patch, facts));
  }
  return send(tx, intents);
}

/** Plans writes to accounts for which nothing waits, without looking. */
export function planFirstWrites(
  tx: WriteIntentsTx & OutboxTx,
  writes: readonly PlannedWrite[],
  facts: WriteFacts,
): Promise<number> {
  return send(
    tx,
    writes.map((write) => toIntent(write, write.patch, facts)),
  );
}

async function send(tx: WriteIntentsTx & OutboxTx, intents: readonly AccountWrite[]): Promise<number> {
  if (intents.length === 0) return 0;
  await tx.writeIntents.addMany(intents);
  await tx.outbox.addMany(intents.map(({ id }) => ({ kind: 'send-write', intentId: id })));
  return intents.length;
}

function without(patch: Partial<SharedValues>, fields: readonly SharedField[]): Partial<SharedValues> {
  return Object.fromEntries(Object.entries(patch).filter(([field]) => !fields.some((one) => one === field)));
}

async function findPlanned(
  tx: WriteIntentsTx,
  writes: readonly PlannedWrite[],
): Promise<Map<SourceRelationId | null, AccountWrite[]>> {
  const open = await tx.writeIntents.findOpenOf(writes.map(({ member }) => member.source.id));
  const planned = open.filter(
    (intent): intent is AccountWrite =>
      intent.part === null && intent.state === 'planned' && intent.kind === 'update',
  );
  return Map.groupBy(planned, (intent) => intent.sourceRelationId);
}

async function supersede(
  tx: WriteIntentsTx,
  waiting: readonly AccountWrite[],
  now: Date,
): Promise<Partial<SharedValues>> {
  let patch: Partial<SharedValues> = {};
  for (const { id } of waiting) {
    const intent = await tx.writeIntents.findByIdForUpdate(id);
    if (intent?.state !== 'planned' || intent.part) continue; // sent meanwhile
    patch = { ...patch, ...intent.patch };
    await tx.writeIntents.save({ ...intent, state: 'superseded', settledAt: now });
  }
  return patch;
}

function toIntent(write: PlannedWrite, patch: Partial<SharedValues>, facts: WriteFacts): AccountWrite {
  return {
    id: asId<WriteIntentId>(facts.newId()),
    administrationId: write.member.source.administrationId,
    relationId: write.relationId,
    sourceRelationId: write.member.source.id,
    kind: 'update',
    part: null,
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
