import { err, type Result } from '../kernel/index.js';
import type { ClaimedAccountWrite } from './send-write.js';
import type { SourceFault } from './source-fault.js';
import type { AccountRow } from './source-rows.js';
import type { IsTooLate, WriteSource } from './write-source.port.js';

/** A write that Exact refused because another account has it already. */
export interface Collision {
  readonly kind: 'collision';
  readonly message: string;
  readonly row: AccountRow;
}

/**
 * Names the account that stands in the way of a write (product.md 5): the one there with the same KvK number, VAT number or name as was
 * written. What cannot be found stays a refusal with Exact's own text; so it does when the search fails, or would go on after another worker
 * takes the write over, for it is no more than help.
 */
export async function findCollision<Done, Fault extends { readonly kind: string }>(
  source: WriteSource,
  { administration, intent, source: own, isTooLate }: ClaimedAccountWrite & { readonly isTooLate: IsTooLate },
  written: Result<Done, Fault | SourceFault>,
): Promise<Result<Done, Fault | SourceFault | Collision>> {
  if (written.ok || !isTaken(written.error)) return written;
  const { kvk, vat, name } = intent.patch;
  if ((!kvk && !vat && !name) || isTooLate()) return written;
  const sought = { kvk: kvk ?? null, vat: vat ?? null, name: name ?? '' };
  const rows = await source.findAlike(administration, sought);
  const row = rows.ok && rows.value.find(({ exactId }) => exactId !== own?.exactId);
  return row ? err({ kind: 'collision', message: written.error.message, row }) : written;
}

function isTaken(
  fault: { readonly kind: string } | SourceFault,
): fault is Extract<SourceFault, { kind: 'refused' }> {
  return fault.kind === 'refused' && 'about' in fault && fault.about === 'already-exists';
}
