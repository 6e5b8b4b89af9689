import { countingOn, isSamePart, mayStand, type PartFields } from '../relations/index.js';
import { partFieldsNotTaken } from './carry-out-part.js';
import type { PartWrite, WriteIntent } from './write-intent.js';
import type { WriteIntentsTx } from './write-intents.port.js';

/**
 * Tells the later writes to a part that an earlier one never arrived in the given fields: what stood before still stands, and is nobody's
 * edit. Without it they would take it for one and write nothing.
 */
export async function tellLater(
  tx: WriteIntentsTx,
  failed: WriteIntent,
  fields: readonly string[] = Object.keys(failed.patch),
): Promise<void> {
  if (failed.part) await correctLater(tx, failed, (expected) => stoodBefore(failed, fields, expected));
}

/** Tells the later writes to a part that nobody knows whether an earlier one arrived: what it meant and what stood before it may both stand. */
export async function tellLaterOfDoubt(tx: WriteIntentsTx, failed: WriteIntent): Promise<void> {
  if (!failed.part) return;
  const fields = Object.keys(failed.patch);
  await correctLater(tx, failed, (expected) => [expected, ...stoodBefore(failed, fields, expected)]);
}

async function correctLater(
  tx: WriteIntentsTx,
  failed: PartWrite,
  corrected: (expected: PartFields) => readonly PartFields[],
): Promise<void> {
  if (!failed.part.was) return;
  const open = await tx.writeIntents.findOpenOf([failed.sourceRelationId]);
  for (const { id } of open.filter(isLaterOf(failed))) {
    const later = await tx.writeIntents.findByIdForUpdate(id);
    if (later?.state !== 'planned' || !later.part?.was) continue;
    const { kind, exactId } = later.part;
    const pictures = mayStand(later.part).flatMap(corrected);
    await tx.writeIntents.save({ ...later, part: { kind, exactId, ...countingOn(pictures) } });
  }
}

const isLaterOf = (failed: PartWrite) => (intent: WriteIntent) =>
  intent.part !== null && intent.id !== failed.id && isSamePart(intent, failed);

/** What may have stood before the failed write, in the fields in which the later one counts on it. */
function stoodBefore(
  { patch, part }: PartWrite,
  fields: readonly string[],
  expected: PartFields,
): readonly PartFields[] {
  const others = partFieldsNotTaken(patch, expected);
  const counted = fields.filter((field) => field in expected && !others.includes(field));
  return mayStand(part).map((before) => ({
    ...expected,
    ...Object.fromEntries(counted.map((field) => [field, before[field] ?? null])),
  }));
}
