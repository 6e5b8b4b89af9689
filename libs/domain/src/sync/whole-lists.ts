import type { AdministrationId } from '../kernel/index.js';
import type { Cursor, CursorsTx } from './cursors.port.js';
import { isWholeList, wholeLists, type DataKind } from './data-kind.js';
import type { SyncStep } from './sync-step.js';

/** How long a schedule takes a list that hardly ever changes for read. */
export const listsReadEveryMs = 24 * 3_600_000;

/** The whole lists that a run on schedule may leave out, by the cursors that hold for the administration where it stands now. */
export function listsReadLately(usable: readonly Cursor[], now: Date): ReadonlySet<DataKind> {
  const isFresh = ({ updatedAt }: Cursor) => now.getTime() - updatedAt.getTime() < listsReadEveryMs;
  return new Set(
    usable.filter((cursor) => isWholeList(cursor.kind) && isFresh(cursor)).map(({ kind }) => kind),
  );
}

/**
 * A list that is to be read, or that proved to be old, is unread until it has been read to its end: one that fails, is skipped or cancelled
 * halfway does not count, however lately the one before it was read.
 */
export async function forgetLists(
  tx: CursorsTx,
  administrationId: AdministrationId,
  kinds: readonly DataKind[] = wholeLists,
): Promise<void> {
  for (const kind of kinds) if (isWholeList(kind)) await tx.cursors.remove(administrationId, kind);
}

/**
 * Whether nothing of a list that came to its end has to be looked at again soon. An empty one proves nothing: Exact gives it to users without
 * the right. A record that was not taken over may be corrected any time.
 */
export function isReadWhole({ records, rejected }: Pick<SyncStep, 'records' | 'rejected'>): boolean {
  return records > 0 && rejected === 0;
}
