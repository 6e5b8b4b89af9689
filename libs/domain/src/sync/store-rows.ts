import { asId, isId, unreachable, type SourceRelationId } from '../kernel/index.js';
import type { IssuesTx, Trouble } from '../issues/index.js';
import type { IsOwnCompany } from './own-companies.js';
import { isBelow } from './overlap.js';
import type { AccountRow, PartRow, Rejection, SourceRows } from './source-rows.js';
import type { SourceStoreTx, StoreContext, StoredCounts } from './source-store.port.js';
import type { SyncStep } from './sync-step.js';

export interface StoreRowsDeps {
  readonly newId: () => string;
  readonly isOwnCompany: IsOwnCompany;
}

/** Stores one page's rows; says how many records it was about: of those that a run before may have had, only what it did not have. */
export async function storeRows(
  tx: SourceStoreTx,
  context: StoreContext,
  page: { readonly rows: SourceRows; readonly knownUntil: string | null; readonly deps: StoreRowsDeps },
): Promise<number> {
  const { rows, knownUntil, deps } = page;
  switch (rows.kind) {
    case 'accounts': {
      const upsert = (some: readonly AccountRow[]) =>
        tx.sourceStore.upsertAccounts(
          context,
          newestOfEach(some).map((row) => stored(row, deps)),
        );
      return storeVersions(rows.rows, knownUntil, upsert);
    }
    case 'parts': {
      const upsert = (some: readonly PartRow[]) =>
        tx.sourceStore.upsertParts(context, rows.part, lastOfEach(some));
      return storeVersions(rows.rows, knownUntil, upsert);
    }
    case 'masters':
      await tx.sourceStore.upsertMasters(context, rows.master, lastOfEach(rows.rows));
      return rows.rows.length;
    case 'deleted':
      await tx.sourceStore.markDeleted(context, rows.rows);
      return rows.rows.length;
    default:
      return unreachable(rows);
  }
}

async function storeVersions<Row extends { readonly rowVersion: bigint | null }>(
  rows: readonly Row[],
  knownUntil: string | null,
  upsert: (some: readonly Row[]) => Promise<StoredCounts>,
): Promise<number> {
  const [late, fresh] = [true, false].map((isLate) =>
    rows.filter(({ rowVersion }) => isBelow(rowVersion, knownUntil) === isLate),
  ) as [Row[], Row[]];
  const found = late.length > 0 ? await upsert(late) : { inserted: 0, changed: 0 };
  await upsert(fresh);
  return fresh.length + found.inserted + found.changed;
}

function stored(row: AccountRow, deps: StoreRowsDeps) {
  return { ...row, id: asId<SourceRelationId>(deps.newId()), isOwnCompany: deps.isOwnCompany(row) };
}

/** A record that changed while the page was made may be on it twice. */
function newestOfEach(rows: readonly AccountRow[]): AccountRow[] {
  const newest = new Map<string, AccountRow>();
  for (const row of rows) {
    const other = newest.get(row.exactId);
    if (!other || other.rowVersion < row.rowVersion) newest.set(row.exactId, row);
  }
  return [...newest.values()];
}

function lastOfEach<T extends { readonly exactId: string }>(rows: readonly T[]): T[] {
  return [...new Map(rows.map((row) => [row.exactId, row])).values()];
}

/** Causes of issues about one record that could not be taken over. */
export const rejectionCauses = ['record-rejected', 'value-too-long'] as const;

/** Cause keys of the step's records that were rejected in an earlier page or run. */
export async function openRejections(tx: IssuesTx, step: SyncStep): Promise<ReadonlySet<string>> {
  const keys: string[] = [];
  for (const cause of rejectionCauses)
    keys.push(...(await tx.issues.findUnresolvedCauseKeys(keyOf(cause, step, ''))));
  return new Set(keys);
}

/** Exact's ids of the step's rejected records, as far as these have one. */
export async function rejectedIds(tx: IssuesTx, step: SyncStep): Promise<string[]> {
  const keys = await openRejections(tx, step);
  return [...keys].map((key) => key.slice(key.lastIndexOf(':') + 1)).filter(isId);
}

/** The rejected records that a run before has not told. */
export function untold(
  step: SyncStep,
  rejected: readonly Rejection[],
  openKeys: ReadonlySet<string>,
): Rejection[] {
  const isTold = (one: Rejection) => openKeys.has(troubleOf(step, one).causeKey);
  return rejected.filter((one) => !isBelow(one.rowVersion, step.knownUntil) || !isTold(one));
}

/** Opens an issue per rejected record and closes those of records that came through this time (C04). */
export async function settleRejections(
  tx: IssuesTx,
  step: SyncStep,
  page: {
    rejected: readonly Rejection[];
    accepted: readonly string[];
    openKeys: ReadonlySet<string>;
    now: Date;
  },
): Promise<void> {
  const { rejected, accepted, openKeys, now } = page;
  if (rejected.length > 0)
    await tx.issues.report(
      rejected.map((rejection) => troubleOf(step, rejection)),
      now,
    );
  if (openKeys.size === 0) return;
  const over = accepted
    .flatMap((exactId) => rejectionCauses.map((cause) => keyOf(cause, step, exactId)))
    .filter((key) => openKeys.has(key));
  if (over.length > 0) await tx.issues.resolve(over, now, 'Koppel');
}

function keyOf(cause: string, step: SyncStep, exactId: string): string {
  return `${cause}:${step.administrationId}:${step.kind}:${exactId}`;
}

function troubleOf(step: SyncStep, rejection: Rejection): Trouble {
  const { reason, name } = rejection;
  const cause = reason.kind === 'too-long' ? 'value-too-long' : 'record-rejected';
  const facts =
    reason.kind === 'too-long'
      ? { field: reason.field, length: reason.length, limit: reason.limit }
      : { reason: reason.message.slice(0, 500) };
  return {
    cause,
    causeKey: keyOf(cause, step, rejection.exactId ?? `unknown-${name}`),
    administrationId: step.administrationId,
    params: {
      name,
      kind: step.kind,
      ...(rejection.exactId !== null && { exactId: rejection.exactId }),
      ...facts,
    },
  };
}
