import { err, ok, type Result } from '../kernel/index.js';
import { fieldsNotTaken } from './same-values.js';
import type { ClaimedWrite } from './send-write.js';
import type { SourceFault } from './source-fault.js';
import type { AccountRow } from './source-rows.js';
import type { WriteSource } from './write-source.port.js';

/** The account as Exact has it after the write, or why that is not known. */
export type Written = Result<AccountRow, SourceFault | { readonly kind: 'gone' }>;

/** The calls of one write, without a transaction. A PUT may be repeated; a POST only after a look. */
export async function carryOut(source: WriteSource, claimed: ClaimedWrite): Promise<Written> {
  return claimed.intent.kind === 'update' ? update(source, claimed) : create(source, claimed);
}

async function update(source: WriteSource, claimed: ClaimedWrite): Promise<Written> {
  const { administration, intent } = claimed;
  const exactId = claimed.source?.exactId ?? '';
  if (claimed.isInDoubt) {
    const found = await readBack(source, claimed, exactId);
    if (!found.ok || fieldsNotTaken(intent.patch, found.value.fields.shared).length === 0) return found;
  }
  const sent = await source.updateAccount(administration, { exactId, patch: intent.patch });
  return sent.ok ? readBack(source, claimed, exactId) : sent;
}

async function create(source: WriteSource, { administration, intent }: ClaimedWrite): Promise<Written> {
  const alike = await source.findAlike(administration, intent.patch);
  if (!alike.ok) return alike;
  // Searched before every create (product.md 3.4): what is there already is adopted, also after a lost answer.
  const [existing] = alike.value;
  return existing ? ok(existing) : source.createAccount(administration, intent.patch);
}

async function readBack(
  source: WriteSource,
  { administration }: ClaimedWrite,
  exactId: string,
): Promise<Written> {
  const found = await source.readAccount(administration, exactId);
  if (!found.ok) return found;
  return found.value ? ok(found.value) : err({ kind: 'gone' });
}
