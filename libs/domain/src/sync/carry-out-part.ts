import { err, ok, type Result } from '../kernel/index.js';
import { fieldsTogether, mayStand, type PartFields } from '../relations/index.js';
import { afterSending } from './after-sending.js';
import type { WriteTarget } from './relation-source.port.js';
import type { SourceFault } from './source-fault.js';
import type { PartRow } from './source-rows.js';
import type { PartWrite } from './write-intent.js';
import type { IsTooLate, PartSource, TooLate } from './write-source.port.js';

/** A claimed write to a part, and the account in Exact that the part belongs to. */
export interface ClaimedPart {
  readonly intent: PartWrite;
  readonly administration: WriteTarget;
  readonly accountExactId: string;
  readonly isTooLate: IsTooLate;
}

/** The part as Exact has it after the write, with the fields that were not written because somebody else filled or changed them meanwhile. */
export interface PartOutcome {
  readonly row: PartRow;
  readonly withheld: readonly string[];
}

/** How a write to a part ended: of one that nobody wants any more also that no earlier try arrived, so that nothing is left to do. */
export type WrittenToPart = Result<
  PartOutcome,
  SourceFault | TooLate | { readonly kind: 'gone' | 'never-arrived' }
>;

/** The calls of one write to a part, without a transaction. Each looks before it writes, so all may be repeated. */
export async function carryOutPart(source: PartSource, claimed: ClaimedPart): Promise<WrittenToPart> {
  const { exactId, isDropped } = claimed.intent.part;
  const written = await (exactId === null ? create(source, claimed) : update(source, claimed, exactId));
  return isDropped && !written.ok && written.error.kind === 'gone' ? neverArrived : written;
}

const neverArrived = err({ kind: 'never-arrived' } as const);

async function update(source: PartSource, claimed: ClaimedPart, exactId: string): Promise<WrittenToPart> {
  const { administration, intent } = claimed;
  const at = { kind: intent.part.kind, exactId };
  const before = await read(source, administration, at);
  if (!before.ok) return before;
  const withheld = changedMeanwhile(intent, before.value.fields);
  const patch = withoutPartFields(intent.patch, withheld);
  const missing = partFieldsNotTaken(patch, before.value.fields);
  if (missing.length === 0) return ok({ row: before.value, withheld });
  if (intent.part.isDropped)
    return missing.length === Object.keys(patch).length
      ? neverArrived
      : ok({ row: before.value, withheld: [...withheld, ...missing] });
  const sent = await source.updatePart(administration, { ...at, patch }, claimed.isTooLate);
  if (!sent.ok) return sent;
  const after = await read(source, administration, at);
  return after.ok ? ok({ row: after.value, withheld }) : err(afterSending(after.error));
}

/** What goes together and says neither what we knew nor what we mean: an edit that nobody has fetched yet (product.md 3.3). */
function changedMeanwhile({ part, patch }: PartWrite, found: PartFields): string[] {
  const expected = mayStand(part);
  if (expected.length === 0) return [];
  return fieldsTogether(part.kind, patch)
    .filter(
      (block) =>
        ![patch, ...expected].some((said) =>
          block.every((field) => plain(field, said) === plain(field, found)),
        ),
    )
    .flat();
}

async function create(source: PartSource, claimed: ClaimedPart): Promise<WrittenToPart> {
  const { administration, intent, accountExactId, isTooLate } = claimed;
  const { kind } = intent.part;
  const there = await source.findParts(administration, { kind, accountExactId });
  if (!there.ok) return there;
  // What is there already is adopted, also after a lost answer.
  const same = there.value.find(({ fields }) => partFieldsNotTaken(identity(intent), fields).length === 0);
  if (same) return ok({ row: same, withheld: partFieldsNotTaken(intent.patch, same.fields) });
  const rival = kind === 'address' && there.value.find((row) => isMainOf(row, intent.patch));
  if (rival && isOurs(rival, intent)) return update(source, claimed, rival.exactId);
  if (rival) return ok({ row: rival, withheld: Object.keys(intent.patch) });
  if (intent.part.isDropped) return neverArrived;
  const made = { kind, accountExactId, fields: intent.patch };
  const created = await source.createPart(administration, made, isTooLate);
  if (!created.ok) return created;
  const found = await read(source, administration, { kind, exactId: created.value });
  return found.ok ? ok({ row: found.value, withheld: [] }) : err(afterSending(found.error));
}

/** What tells that a part is the one that is to be made: of a bank account the number, whoever holds it. */
function identity({ part, patch }: PartWrite): PartFields {
  return part.kind === 'bank-account' ? { number: patch['number'] ?? null } : patch;
}

/** Made by an earlier write of ours, and not changed since. */
function isOurs({ fields }: PartRow, { part }: PartWrite): boolean {
  return mayStand(part).some((was) => partFieldsNotTaken(was, fields).length === 0);
}

/** Somebody made one of that type meanwhile. */
function isMainOf({ fields }: PartRow, patch: PartFields): boolean {
  return fields['isMain'] === true && fields['type'] === patch['type'];
}

async function read(
  source: PartSource,
  administration: WriteTarget,
  at: Parameters<PartSource['readPart']>[1],
): Promise<Result<PartRow, SourceFault | { readonly kind: 'gone' }>> {
  const found = await source.readPart(administration, at);
  if (!found.ok) return found;
  return found.value ? ok(found.value) : err({ kind: 'gone' });
}

/** The patched fields whose value in Exact is another; texts are compared without outer blanks, numbers without any. */
export function partFieldsNotTaken(patch: PartFields, found: PartFields): string[] {
  return Object.keys(patch).filter((field) => plain(field, patch) !== plain(field, found));
}

/** The patch for the other fields. */
export function withoutPartFields(patch: PartFields, fields: readonly string[]): PartFields {
  return Object.fromEntries(Object.entries(patch).filter(([field]) => !fields.includes(field)));
}

/** Exact keeps account numbers without blanks. */
function plain(field: string, fields: PartFields): string {
  const text = String(fields[field] ?? '');
  return field === 'number' ? text.replace(/\s/g, '').toUpperCase() : text.trim();
}
