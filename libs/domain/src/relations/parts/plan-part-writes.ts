import { wakeBehind } from '../../administrations/index.js';
import { asId, type OutboxTx, type RelationId, type WriteIntentId } from '../../kernel/index.js';
import type { PartKind, PartWrite, WriteIntentsTx } from '../../sync/index.js';
import type { LinkedMember } from '../members.js';
import type { WriteFacts } from '../write-planner.js';
import { mostUrgent } from '../write-purpose.js';
import { countingOn, mayStand } from './may-stand.js';
import type { PartFields, PartRef, SourcePart } from './source-part.js';

/** A patch of a part of an account, or a new part of it. */
export interface PlannedPartWrite {
  readonly member: LinkedMember;
  readonly relationId: RelationId;
  readonly kind: PartKind;
  /** Null for a new one. */
  readonly part: SourcePart | null;
  /** What the part says once the writes that wait have arrived. */
  readonly expected: PartFields;
  readonly patch: PartFields;
}

/** Writes to the parts of accounts that wait or are under way, oldest first. */
export async function findOpenPartWrites(
  tx: WriteIntentsTx,
  members: readonly LinkedMember[],
): Promise<PartWrite[]> {
  const open = await tx.writeIntents.findOpenOf(members.map(({ source }) => source.id));
  return open.filter((intent): intent is PartWrite => intent.part !== null);
}

/** What a part says once these writes have arrived. */
export function expectedFields(part: SourcePart, open: readonly PartWrite[]): PartFields {
  return open
    .filter((intent) => isAbout(intent, part))
    .reduce<PartFields>((fields, intent) => ({ ...fields, ...saidBy(intent.patch) }), part.fields);
}

/** What an address says that an account does not have yet, once the writes that wait have made it; empty when none does. */
export function expectedOfNew(
  { member, part: { kind, fields } }: { readonly member: LinkedMember; readonly part: SourcePart },
  open: readonly PartWrite[],
): PartFields {
  const making = open.filter((intent) =>
    isSameCreate(intent, { member, kind, type: fields['type'] ?? null }),
  );
  return Object.assign({}, ...making.map(({ patch }) => patch)) as PartFields;
}

/** What an address said that Exact refused to make for the account, when that was the last word on it; empty otherwise. */
export function refusedOfNew(
  { member, part: { kind, fields } }: { readonly member: LinkedMember; readonly part: SourcePart },
  last: readonly PartWrite[],
): PartFields {
  const side = { member, kind, type: fields['type'] ?? null };
  const refused = last.find((intent) => intent.state === 'failed' && isSameCreate(intent, side));
  return refused?.patch ?? {};
}

/** Exact derives the IBAN from the number. */
function saidBy(patch: PartFields): PartFields {
  return 'number' in patch ? { ...patch, iban: null } : patch;
}

/**
 * Plans the writes, one per part, and sends word of each. One that waits already is replaced by one that says both, so that an older
 * value never arrives after a newer one. Says how many.
 */
export async function planPartWrites(
  tx: WriteIntentsTx & OutboxTx,
  writes: readonly PlannedPartWrite[],
  facts: WriteFacts & { readonly open: readonly PartWrite[] },
): Promise<number> {
  const intents: PartWrite[] = [];
  for (const write of writes) {
    const waiting = facts.open.filter((intent) =>
      write.part ? isAbout(intent, write.part) : isSameCreate(intent, typed(write)),
    );
    const replaced = await takeBack(tx, waiting, facts);
    const earlier = Object.assign({}, ...replaced.map(({ patch }) => patch)) as PartFields;
    // What was replaced never arrived: what stood before it still stands.
    const stood = replaced[0] ? mayStand(replaced[0].part) : [];
    const pictures = (stood.length > 0 ? stood : [{}]).map((was) => ({ ...write.expected, ...was }));
    const purpose = mostUrgent(
      replaced.map((intent) => intent.purpose),
      facts.purpose,
    );
    const patch = { ...earlier, ...write.patch };
    intents.push(toIntent(write, { patch, pictures }, { ...facts, purpose }));
  }
  return send(tx, intents);
}

/** A part that writes may wait for; without one, an address of that type that is yet to be made for the account. */
export interface WaitingSide {
  readonly member: LinkedMember;
  readonly part: SourcePart | undefined;
  readonly kind: PartKind;
  readonly type: PartFields[string];
}

/**
 * Takes back what waits for parts in the given fields: these are in dispute by now. What waits in other fields goes on.
 * Answers what was taken back.
 */
export async function withdrawPartWrites(
  tx: WriteIntentsTx & OutboxTx,
  about: { readonly sides: readonly WaitingSide[]; readonly fields: ReadonlySet<string> },
  facts: WriteFacts & { readonly open: readonly PartWrite[] },
): Promise<readonly PartWrite[]> {
  const { sides, fields } = about;
  const stale = facts.open.filter(
    (intent) =>
      sides.some((side) => (side.part ? isAbout(intent, side.part) : isSameCreate(intent, side))) &&
      Object.keys(intent.patch).some((field) => fields.has(field)),
  );
  const taken = await takeBack(tx, stale, facts);
  const others = (values: PartFields) =>
    Object.fromEntries(Object.entries(values).filter(([field]) => !fields.has(field)));
  const left = taken.map((intent) => ({
    ...intent,
    id: asId<WriteIntentId>(facts.newId()),
    part: {
      ...{ kind: intent.part.kind, exactId: intent.part.exactId },
      ...countingOn(mayStand(intent.part).map(others)),
    },
    patch: others(intent.patch),
    createdAt: facts.now,
    dueAt: facts.now,
  }));
  await send(
    tx,
    left.filter(({ patch }) => Object.keys(patch).some((field) => field !== 'type')),
  );
  return taken;
}

async function send(tx: WriteIntentsTx & OutboxTx, intents: readonly PartWrite[]): Promise<number> {
  if (intents.length === 0) return 0;
  await tx.writeIntents.addMany(intents);
  await tx.outbox.addMany(intents.map(({ id }) => ({ kind: 'send-write', intentId: id })));
  return intents.length;
}

function isAbout(intent: PartWrite, ref: PartRef): boolean {
  return (
    intent.administrationId === ref.administrationId &&
    intent.part.kind === ref.kind &&
    intent.part.exactId === ref.exactId
  );
}

function isSameCreate(intent: PartWrite, { member, kind, type }: Omit<WaitingSide, 'part'>): boolean {
  return (
    intent.kind === 'create' &&
    intent.sourceRelationId === member.source.id &&
    intent.part.kind === kind &&
    kind === 'address' &&
    intent.patch['type'] === type
  );
}

function typed({ member, kind, patch }: PlannedPartWrite): Omit<WaitingSide, 'part'> {
  return { member, kind, type: patch['type'] ?? null };
}

/** Takes back those that still wait; answers them as they were. What is under way arrives. */
export async function takeBack(
  tx: WriteIntentsTx & OutboxTx,
  waiting: readonly PartWrite[],
  { now }: { readonly now: Date },
): Promise<PartWrite[]> {
  const replaced: PartWrite[] = [];
  for (const { id } of waiting) {
    const intent = await tx.writeIntents.findByIdForUpdate(id);
    if (intent?.state !== 'planned' || !intent.part) continue; // sent meanwhile
    replaced.push(intent);
    await tx.writeIntents.save({ ...intent, state: 'superseded', settledAt: now });
  }
  for (const account of new Set(replaced.map(({ sourceRelationId }) => sourceRelationId)))
    await wakeBehind(tx, account, now);
  return replaced;
}

function toIntent(
  { member, relationId, kind, part }: PlannedPartWrite,
  { patch, pictures }: { readonly patch: PartFields; readonly pictures: readonly PartFields[] },
  facts: WriteFacts,
): PartWrite {
  const fields = Object.keys(patch);
  const stood = pictures.map((was) => Object.fromEntries(fields.map((field) => [field, was[field] ?? null])));
  const isKnown = part !== null || pictures.some((was) => Object.keys(was).length > 0);
  return {
    id: asId<WriteIntentId>(facts.newId()),
    administrationId: member.source.administrationId,
    relationId,
    sourceRelationId: member.source.id,
    kind: part ? 'update' : 'create',
    part: { kind, exactId: part?.exactId ?? null, ...countingOn(isKnown ? stood : []) },
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
