import type { SyncRunId } from '../kernel/index.js';
import { isExactly, sharedFieldNames, type SharedValues, type SourceRelation } from '../relations/index.js';
import {
  addressOfVisit,
  type PartRow,
  type StoreContext,
  type StoredAccount,
  type StoredCounts,
} from '../sync/index.js';
import { isModifiedAfter } from './in-memory-source-parts.js';

/** An account as it is kept in memory, for specs. */
export interface KeptAccount {
  readonly source: SourceRelation;
  readonly changedInRun: SyncRunId | null;
  readonly seenInRun: SyncRunId | null;
  /** What was written last, and when that was read back. */
  readonly written?: Partial<SharedValues> | undefined;
  readonly writtenAt?: Date | undefined;
}

/** The main visiting address is the account's own; Exact does not move the account's row version with it. Undefined when nothing moves. */
export function movedAccount(
  known: KeptAccount | undefined,
  { runId, now, writtenSince }: StoreContext,
  row: PartRow,
): KeptAccount | undefined {
  const address = addressOfVisit(row.fields);
  if (!known || address === undefined || sameJson(known.source.fields.shared.address, address))
    return undefined;
  const isOwn = known.written?.address !== undefined && known.writtenAt && known.writtenAt >= writtenSince;
  const { source } = known;
  if (isOwn && !isModifiedAfter(row, source.modifiedAt)) return undefined;
  const fields = { ...source.fields, shared: { ...source.fields.shared, address } };
  const base = source.base ?? source.fields.shared;
  const contentHash = JSON.stringify(['moved', address, source.contentHash]);
  const moved = { ...source, fields, base, contentHash, changedAt: now };
  return { ...known, source: moved, changedInRun: runId };
}

export interface Upserted {
  readonly account: KeptAccount;
  readonly outcome: keyof StoredCounts;
}

/** The account once a page that has it is stored. */
export function upsertedAccount(
  known: KeptAccount | undefined,
  context: StoreContext,
  row: StoredAccount,
): Upserted {
  const { administrationId, runId, now, isFullRead } = context;
  const seenInRun = isFullRead ? runId : (known?.seenInRun ?? null);
  const { isDivisionAccount: _, ...kept } = row;
  if (!known) {
    const source = { ...kept, administrationId, base: null, state: 'present', changedAt: now } as const;
    return { account: { source, changedInRun: runId, seenInRun }, outcome: 'inserted' };
  }
  const { source } = known;
  const { rowVersion } = isFullRead ? row : source;
  if (isBeforeOwnWrite(known, row, context))
    return { account: { ...known, source: { ...source, rowVersion }, seenInRun }, outcome: 'unchanged' };
  const differs =
    source.contentHash !== row.contentHash ||
    source.state === 'deleted' ||
    source.isOwnCompany !== row.isOwnCompany;
  if (differs && (isFullRead || source.rowVersion < row.rowVersion)) {
    const base = source.base ?? source.fields.shared;
    const changed = { ...source, ...kept, base, id: source.id, state: 'present', changedAt: now } as const;
    return { account: { source: changed, changedInRun: runId, seenInRun }, outcome: 'changed' };
  }
  const written = isFullRead ? {} : { written: known.written, writtenAt: known.writtenAt };
  const { changedInRun } = known;
  const account = { source: { ...source, rowVersion }, changedInRun, seenInRun, ...written };
  return { account, outcome: 'unchanged' };
}

function isBeforeOwnWrite(
  { source, written, writtenAt }: KeptAccount,
  row: StoredAccount,
  { writtenSince }: StoreContext,
): boolean {
  if (!written || !writtenAt || writtenAt < writtenSince) return false;
  const hasIt = sharedFieldNames.every((field) => {
    const value = written[field];
    return value === undefined || isExactly(value, row.fields.shared[field]);
  });
  const isNewer = row.modifiedAt !== null && source.modifiedAt !== null && row.modifiedAt > source.modifiedAt;
  return !hasIt && !isNewer;
}

/** Whether both are the same as JSON. */
export function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
