import type { PartFields } from '../relations/index.js';
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
  if (!failed.part?.was) return;
  const open = await tx.writeIntents.findOpenOf([failed.sourceRelationId]);
  for (const { id } of open.filter((intent) => isSamePart(intent, failed))) {
    const later = await tx.writeIntents.findByIdForUpdate(id);
    if (later?.state !== 'planned' || !later.part?.was) continue;
    const stood = stoodBefore(failed, fields, later.part.was);
    await tx.writeIntents.save({ ...later, part: { ...later.part, was: { ...later.part.was, ...stood } } });
  }
}

function isSamePart(intent: WriteIntent, { id, part }: PartWrite): boolean {
  return intent.id !== id && intent.part?.kind === part.kind && intent.part.exactId === part.exactId;
}

/** What stood before the failed write, in the fields in which the later one counts on it. */
function stoodBefore(
  { patch, part }: PartWrite,
  fields: readonly string[],
  expected: PartFields,
): PartFields {
  const others = partFieldsNotTaken(patch, expected);
  const counted = fields.filter((field) => field in expected && !others.includes(field));
  return Object.fromEntries(counted.map((field) => [field, part.was?.[field] ?? null]));
}
