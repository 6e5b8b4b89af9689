import { takesWrites, wakeBehind, type AdministrationState } from '../administrations/index.js';
import { asId, type OutboxTx, type RelationId, type WriteIntentId } from '../kernel/index.js';
import type { AccountWrite, CallPurpose, WriteIntentsTx } from '../sync/index.js';
import { isAnonymised } from './anonymised.js';
import type { SharedField, SharedValues } from './fields.js';
import type { LinkedMember, Positions } from './members.js';
import { findPendingWrites, isUnderWay, valuesIn } from './pending-writes.js';
import { isChosen, type Relation } from './relation.js';
import { isEmpty, saysTheSame } from './same-value.js';
import { callsPerUpdate, type WritePace } from './write-pace.js';
import { mostUrgent } from './write-purpose.js';

/** Shared values to be written into one account. */
export interface PlannedWrite {
  readonly member: LinkedMember;
  readonly relationId: RelationId;
  readonly patch: Partial<SharedValues>;
}

/** Fields of one account. */
export interface AccountFields {
  readonly member: LinkedMember;
  readonly relationId: RelationId;
  readonly fields: readonly SharedField[];
}

/** Fields in which an account should say what its relation does. */
export interface MeantWrite extends AccountFields {
  readonly relation: Pick<Relation, 'values' | 'leading'>;
}

export interface WriteFacts {
  readonly newId: () => string;
  readonly now: Date;
  readonly byName: string;
  /** Who waits for it. */
  readonly purpose: CallPurpose;
}

const isOutside: ReadonlySet<AdministrationState> = new Set(['available', 'selected', 'removed']);

/** Whether the account takes part in sharing: linked, there, booked on, and not made anonymous (nothing personal is ever written back). */
export function isSharing(member: LinkedMember): boolean {
  const { source, isLinked, isAlias } = member;
  return isLinked && !isAlias && source.state === 'present' && !isAnonymised(source);
}

/**
 * Whether Koppel writes into the account: it shares, in an administration whose coupling is active. Where that rests a write waits; where it
 * was never active, what differs is in the plan.
 */
export function isWritable(member: LinkedMember, administrations: Positions): boolean {
  const administration = administrations.get(member.source.administrationId);
  return isSharing(member) && administration !== undefined && takesWrites(administration);
}

/**
 * Whether what is meant for a part of the account is written some day: a write waits while the coupling rests, and while the administration
 * is removed, for the plan of its return.
 */
export function willBeWritten(member: LinkedMember, administrations: Positions): boolean {
  const administration = administrations.get(member.source.administrationId);
  if (!isSharing(member) || !administration) return false;
  return administration.activatedAt !== null || !isOutside.has(administration.state);
}

/**
 * The fields of `fields` in which the account says something else than the relation, or may do so once the writes under way have
 * arrived. What nobody said deletes nothing (product.md 3.13): an empty value is written only when a person chose or typed it.
 * Exact wants a name. What the administration keeps to itself is never written there (3.3).
 */
export function differingPatch(
  { member, underWay = [] }: { member: LinkedMember; underWay?: readonly AccountWrite[] },
  relation: Pick<Relation, 'values' | 'leading'>,
  fields: readonly SharedField[],
): Partial<SharedValues> {
  const patch: Record<string, SharedValues[SharedField]> = {};
  for (const field of fields) {
    const value = relation.values[field];
    if (member.localFields.includes(field)) continue;
    const says = [member.source.fields.shared[field], ...valuesIn(underWay, field)];
    if (says.every((each) => saysTheSame(field, each, value))) continue;
    if (isEmpty(value) && (field === 'name' || !isChosen(relation.leading[field]))) continue;
    patch[field] = value;
  }
  return patch; // field by field from the relation
}

/**
 * Plans the writes, one per account, and sends word of each. A write that waits already is replaced by one that says both, so that an older
 * value never arrives after a newer one, and a value that is taken back never arrives; one that is under way is followed by another, also
 * when the account still says what is wanted. Says how many.
 */
export async function planWritesFor(
  tx: WriteIntentsTx & OutboxTx,
  writes: readonly MeantWrite[],
  facts: WriteFacts,
): Promise<number> {
  const pending = await findPendingWrites(
    tx,
    writes.map(({ member }) => member.source.id),
  );
  const intents: AccountWrite[] = [];
  for (const write of writes) {
    const open = pending.get(write.member.source.id) ?? [];
    const account = { member: write.member, underWay: open.filter(isUnderWay) };
    const patch = differingPatch(account, write.relation, write.fields);
    intents.push(...(await replaceWaiting(tx, { open, write, patch }, facts)));
  }
  return send(tx, intents);
}

/** Takes back what waits to be written into these fields, and what is under way as far as it has not arrived: somebody edited them. */
export async function withdrawWrites(
  tx: WriteIntentsTx & OutboxTx,
  writes: readonly AccountFields[],
  facts: WriteFacts,
): Promise<void> {
  const pending = await findPendingWrites(
    tx,
    writes.map(({ member }) => member.source.id),
  );
  const intents: AccountWrite[] = [];
  for (const write of writes) {
    const open = pending.get(write.member.source.id) ?? [];
    intents.push(...(await replaceWaiting(tx, { open, write, patch: {} }, facts)));
    for (const intent of open.filter(isUnderWay)) await narrow(tx, intent, write.fields);
  }
  await send(tx, intents);
}

/**
 * What is under way is looked up once more, and not repeated in these fields: comparing has accepted the edit, so that nothing else would
 * tell it from what stood before.
 */
async function narrow(
  tx: WriteIntentsTx & OutboxTx,
  { id }: AccountWrite,
  fields: readonly SharedField[],
): Promise<void> {
  const intent = await tx.writeIntents.findByIdForUpdate(id);
  if (!intent || intent.part || !isUnderWay(intent) || !fields.some((field) => field in intent.patch)) return;
  await tx.writeIntents.save({ ...intent, state: 'uncertain', patch: without(intent.patch, fields) });
  await tx.outbox.add({ kind: 'send-write', intentId: id }, intent.dueAt);
}

/** Plans writes to accounts for which nothing waits, without looking, and sends word of those that go out at once; the sweeper finds the others. */
export async function planFirstWrites(
  tx: WriteIntentsTx & OutboxTx,
  writes: readonly PlannedWrite[],
  facts: WriteFacts & { readonly pace: WritePace },
): Promise<number> {
  const { pace, now } = facts;
  const intents = writes.map((write) => {
    const dueAt = pace.next(write.member.source.administrationId, callsPerUpdate, now);
    return { ...toIntent(write, write.patch, facts), dueAt };
  });
  await tx.writeIntents.addMany(intents);
  const atOnce = intents.filter(({ dueAt }) => dueAt <= now);
  await tx.outbox.addMany(atOnce.map(({ id }) => ({ kind: 'send-write', intentId: id })));
  return intents.length;
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

/** The one write instead of those that wait, when these say something of the fields or there is something to be written. */
async function replaceWaiting(
  tx: WriteIntentsTx & OutboxTx,
  {
    open,
    write,
    patch,
  }: { open: readonly AccountWrite[]; write: AccountFields; patch: Partial<SharedValues> },
  facts: WriteFacts,
): Promise<AccountWrite[]> {
  const waiting = open.filter((intent) => !isUnderWay(intent));
  const isStale = waiting.some((intent) => write.fields.some((field) => field in intent.patch));
  if (Object.keys(patch).length === 0 && !isStale) return [];
  const earlier = await supersede(tx, waiting, facts.now);
  if (waiting.length > 0) await wakeBehind(tx, write.member.source.id, facts.now);
  const both = { ...without(earlier, write.fields), ...patch };
  const purpose = mostUrgent(
    waiting.map((intent) => intent.purpose),
    facts.purpose,
  );
  return Object.keys(both).length > 0 ? [toIntent(write, both, { ...facts, purpose })] : [];
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

function toIntent(
  write: Pick<PlannedWrite, 'member' | 'relationId'>,
  patch: Partial<SharedValues>,
  facts: WriteFacts,
): AccountWrite {
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
    triesBefore: 0,
    failure: null,
    purpose: facts.purpose,
    createdBy: facts.byName,
    createdAt: facts.now,
    dueAt: facts.now,
    roles: [],
    sentAt: null,
    settledAt: null,
  };
}
