import type { AdministrationId, OutboxTx, WriteIntentId } from '../../kernel/index.js';
import type { PartWrite, WriteIntentsTx } from '../../sync/index.js';
import type { RelationsTx } from '../relations.port.js';
import { isUnderWay } from '../pending-writes.js';
import { callsPerUpdate, type WritePace } from '../write-pace.js';
import { partUnits, squeezed, textOfUnit, type PartUnit } from './part-units.js';
import type { PartFields, SourcePart } from './source-part.js';
import type { SourcePartsTx } from './source-parts.port.js';
import { wanted } from './written-part.js';

export type PlannedPartsTx = SourcePartsTx & RelationsTx & WriteIntentsTx;

/** What a line of the plan calls one unit of a contact person, an address or a bank account. */
export type PlannedPartField =
  | `contact-${Exclude<PartUnit['name'], 'address' | 'number'>}`
  | 'postal-address'
  | 'invoice-address'
  | 'bank-account';

/** A write to a part that waits for the administration to become active, with what stands there now. */
export interface PlannedPart {
  readonly intent: PartWrite;
  readonly relationName: string;
  /** Undefined for a new one. */
  readonly part: SourcePart | undefined;
}

const partsPerPortion = 500;
/** Two million. */
const portionsMax = 4_000;

export interface PartsPage {
  readonly parts: readonly PlannedPart[];
  /** Where the next page begins; null after the last. */
  readonly next: WriteIntentId | null;
}

/**
 * Writes to contact persons, addresses and bank accounts that were meant while the administrations were being coupled or, of one that
 * returns, while it was removed. They go out only with the word of the admin, who sees them in the plan (product.md 3.6, 3.19).
 */
export async function readPlannedParts(
  tx: PlannedPartsTx,
  of: { readonly administrationIds: readonly AdministrationId[]; readonly after: WriteIntentId | null },
): Promise<PartsPage> {
  const intents = await tx.writeIntents.findOpenPartsIn(of.administrationIds, of.after, partsPerPortion);
  if (intents.length === 0) return { parts: [], next: null };
  const relations = await tx.relations.findMany([...new Set(intents.map(({ relationId }) => relationId))]);
  const names = new Map(relations.map(({ id, values }) => [id, values.name]));
  const refs = intents.flatMap(({ administrationId, part: { kind, exactId } }) =>
    exactId === null ? [] : [{ administrationId, kind, exactId }],
  );
  const there = new Map((await tx.sourceParts.findMany(refs)).map((part) => [keyOf(part), part]));
  const parts = intents.map((intent) => {
    const { administrationId, part } = intent;
    const relationName = names.get(intent.relationId) ?? '';
    return { intent, relationName, part: there.get(keyOf({ administrationId, ...part })) };
  });
  return { parts, next: intents.length < partsPerPortion ? null : (intents.at(-1)?.id ?? null) };
}

/** All of them, a portion at a time. */
export async function walkPlannedParts(
  tx: PlannedPartsTx,
  administrationIds: readonly AdministrationId[],
  take: (parts: readonly PlannedPart[]) => Promise<void>,
): Promise<void> {
  let after: WriteIntentId | null = null;
  for (let portion = 0; portion < portionsMax; portion += 1) {
    const page: PartsPage = await readPlannedParts(tx, { administrationIds, after });
    if (page.parts.length > 0) await take(page.parts);
    if (page.next === null) return;
    after = page.next;
  }
}

/** Lets them go out at a pace: the admin said so. Sends word of those that go at once; the sweeper finds the others. */
export async function releaseParts(
  tx: WriteIntentsTx & OutboxTx,
  parts: readonly PlannedPart[],
  { now, pace }: { readonly now: Date; readonly pace: WritePace },
): Promise<void> {
  const released = parts.map(({ intent }): PartWrite => {
    const dueAt = pace.next(intent.administrationId, callsPerUpdate, now);
    return { ...intent, part: wanted(intent.part), purpose: 'plan', dueAt };
  });
  for (const intent of released) await tx.writeIntents.save(intent);
  const atOnce = released.filter(({ dueAt }) => dueAt <= now);
  await tx.outbox.addMany(atOnce.map(({ id }) => ({ kind: 'send-write', intentId: id })));
}

/**
 * Ends them without the word of the admin: what differs stays as it is, and only later changes are handed on. One that may have arrived before
 * its administration was removed is looked up first, and not sent again (product.md 3.17).
 */
export async function dropPlannedParts(
  tx: PlannedPartsTx & OutboxTx,
  administrationIds: readonly AdministrationId[],
  now: Date,
): Promise<void> {
  await walkPlannedParts(tx, administrationIds, async (parts) => {
    const intents = parts.map(({ intent }) => intent);
    for (const intent of intents) await tx.writeIntents.save(dropped(intent, now));
    const inDoubt = intents.filter(isUnderWay);
    await tx.outbox.addMany(inDoubt.map(({ id }) => ({ kind: 'send-write', intentId: id })));
  });
}

function dropped(intent: PartWrite, now: Date): PartWrite {
  if (!isUnderWay(intent)) return { ...intent, state: 'superseded', failure: null, settledAt: now };
  const part = { ...intent.part, isDropped: true } as const;
  return { ...intent, part, state: 'uncertain', triesBefore: intent.attempts, dueAt: now };
}

/** A line of the plan per unit that the write changes; none where somebody made it say so in Exact meanwhile. */
export function linesOfPart({ intent, relationName, part }: PlannedPart) {
  const { administrationId, relationId, patch } = intent;
  const now: PartFields = part?.fields ?? {};
  const then = { ...now, ...('number' in patch ? { iban: null } : {}), ...patch };
  const person = intent.part.kind === 'contact' ? squeezed(now['fullName']) || nameOf(then) : '';
  return partUnits[intent.part.kind]
    .filter((unit) => unit.fields.some((field) => field in patch && isOther(patch[field], now[field])))
    .map((unit) => ({
      ...{ administrationId, relationId, field: fieldOf(intent, unit, then) },
      relationName: person === '' ? relationName : `${relationName} (${person})`,
      from: textOfUnit(unit, now) || null,
      to: textOfUnit(unit, then) || null,
    }));
}

function isOther(one: PartFields[string] | undefined, other: PartFields[string] | undefined): boolean {
  return (one ?? null) !== (other ?? null);
}

function fieldOf({ part: { kind } }: PartWrite, unit: PartUnit, fields: PartFields): PlannedPartField {
  if (kind === 'bank-account') return 'bank-account';
  if (kind === 'address') return fields['type'] === 'invoice' ? 'invoice-address' : 'postal-address';
  return `contact-${unit.name}` as PlannedPartField; // the units of a person
}

function nameOf(fields: PartFields): string {
  return squeezed([fields['firstName'], fields['middleName'], fields['lastName']].map(squeezed).join(' '));
}

function keyOf(ref: {
  readonly administrationId: string;
  readonly kind: string;
  readonly exactId: string | null;
}) {
  return `${ref.administrationId} ${ref.kind} ${ref.exactId}`;
}
