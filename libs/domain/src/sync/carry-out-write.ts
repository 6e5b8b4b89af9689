import { err, ok, type Result } from '../kernel/index.js';
import {
  isAnonymised,
  pickAlike,
  saysTheSame,
  sharedFieldNames,
  type CreateSearch,
  type SharedField,
  type SharedValues,
} from '../relations/index.js';
import { afterSending, whileInDoubt } from './after-sending.js';
import { fieldsNotTaken } from './same-values.js';
import type { ClaimedAccountWrite } from './send-write.js';
import type { SourceFault } from './source-fault.js';
import type { AccountRow } from './source-rows.js';
import type { IsTooLate, TooLate, WriteSource } from './write-source.port.js';

/** The account as Exact has it after the write, with the fields that were not written because somebody changed them meanwhile. */
export interface WrittenAccount {
  readonly row: AccountRow;
  readonly withheld: readonly SharedField[];
  /** A create that was not needed: the account stood there already. */
  readonly isFound?: boolean;
}

/** A claimed write, and how long it may still be sent. */
export interface FencedWrite extends ClaimedAccountWrite {
  readonly isTooLate: IsTooLate;
  /** Keeps that a create goes out now; false when another worker has it. Null for an update. */
  readonly begin: (() => Promise<boolean>) | null;
}

type FencedCreate = FencedWrite & { readonly search: CreateSearch };

/** An account that may be the one that a create would make. */
export interface AlikeFound {
  readonly kind: 'alike';
  readonly row: AccountRow;
}

/** How a write ended, or why that is not known. */
export type Written = Result<WrittenAccount, SourceFault | TooLate | AlikeFound | { readonly kind: 'gone' }>;

/** The calls of one write, without a transaction. Each looks before it writes, so all may be repeated. */
export async function carryOut(source: WriteSource, claimed: FencedWrite): Promise<Written> {
  return claimed.search ? create(source, { ...claimed, search: claimed.search }) : update(source, claimed);
}

/**
 * Exact knows no conditional PUT, so the account is read first: a write whose answer was lost is not repeated (F39), and a value that
 * somebody else changed since we last saw it is left for the comparison, never overwritten unseen (product.md 3.3).
 */
async function update(source: WriteSource, claimed: FencedWrite): Promise<Written> {
  const { administration } = claimed;
  const exactId = claimed.source?.exactId ?? '';
  const before = await read(source, claimed, exactId);
  if (!before.ok) return before;
  const withheld = withheldOf(claimed, before.value);
  const patch = withoutFields(claimed.intent.patch, withheld);
  if (fieldsNotTaken(patch, before.value.fields.shared).length === 0)
    return ok({ row: before.value, withheld });
  const sent = await source.updateAccount(administration, { exactId, patch }, claimed.isTooLate);
  if (!sent.ok) return sent;
  const after = await read(source, claimed, exactId);
  return after.ok ? ok({ row: after.value, withheld }) : err(afterSending(after.error));
}

async function create(source: WriteSource, claimed: FencedCreate): Promise<Written> {
  const { administration, intent } = claimed;
  const rows = await source.findAlike(administration, intent.patch);
  if (!rows.ok) return claimed.search.sentSince === null ? rows : err(whileInDoubt(rows.error));
  // Searched before every create (product.md 3.4): what is there already is adopted, also after a lost answer.
  const alike = pickAlike(intent.patch, rows.value, claimed.search);
  if (alike.kind === 'doubtful') return err({ kind: 'alike', row: alike.row });
  if (alike.kind !== 'none') return ok({ row: alike.row, withheld: [], isFound: alike.kind === 'found' });
  if (claimed.begin && !(await claimed.begin())) return err({ kind: 'too-late' });
  const created = await source.createAccount(
    administration,
    { values: intent.patch, roles: intent.roles },
    claimed.isTooLate,
  );
  if (!created.ok) return created;
  const made = await read(source, claimed, created.value);
  return made.ok ? ok({ row: made.value, withheld: [] }) : err(afterSending(made.error));
}

async function read(
  source: WriteSource,
  { administration }: ClaimedAccountWrite,
  exactId: string,
): Promise<Result<AccountRow, SourceFault | { readonly kind: 'gone' }>> {
  const found = await source.readAccount(administration, exactId);
  if (!found.ok) return found;
  return found.value ? ok(found.value) : err({ kind: 'gone' });
}

/** Fields that are left as they are: nothing is written into an account that is anonymous by now (product.md 3.20). */
function withheldOf(claimed: ClaimedAccountWrite, now: AccountRow): SharedField[] {
  if (isAnonymised(now)) return sharedFieldNames.filter((field) => field in claimed.intent.patch);
  const { intent, followed } = claimed;
  const overtaken = changedMeanwhile(claimed, now.fields.shared);
  const moot = followed.filter((field) => {
    const wanted = intent.patch[field];
    return wanted !== undefined && !saysTheSame(field, now.fields.shared[field], wanted);
  });
  return [...new Set([...overtaken, ...moot])];
}

/** Fields that say neither what we last compared nor what we mean to write. */
function changedMeanwhile({ intent, source }: ClaimedAccountWrite, now: SharedValues): SharedField[] {
  const compared = source && (source.base ?? source.fields.shared);
  if (!compared) return [];
  return sharedFieldNames.filter((field) => {
    const wanted = intent.patch[field];
    if (wanted === undefined) return false;
    return !saysTheSame(field, now[field], compared[field]) && !saysTheSame(field, now[field], wanted);
  });
}

/** The patch for the other fields. */
export function withoutFields(
  patch: Partial<SharedValues>,
  fields: readonly SharedField[],
): Partial<SharedValues> {
  return Object.fromEntries(Object.entries(patch).filter(([field]) => !fields.some((one) => one === field)));
}
