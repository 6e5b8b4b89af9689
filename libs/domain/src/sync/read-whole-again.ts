import type { AdministrationId } from '../kernel/index.js';
import type { CursorsTx } from './cursors.port.js';
import type { DataKind } from './data-kind.js';

/** No administration is moved at a time like this: the cursor holds nowhere. */
const nowhere = 'read-again';

/** Has the next run of the kind read all of it. That it was read before stays known: what is new since is news (`StoreContext.isReread`). */
export async function readWholeAgain(
  tx: CursorsTx,
  administrationId: AdministrationId,
  kind: DataKind,
): Promise<void> {
  const cursors = await tx.cursors.findMany(administrationId);
  const cursor = cursors.find((each) => each.kind === kind);
  if (cursor) await tx.cursors.put({ ...cursor, movedAt: nowhere });
}

/** Whether all of the kind was read before, also where its cursor holds no more. */
export async function wasReadBefore(
  tx: CursorsTx,
  administrationId: AdministrationId,
  kind: DataKind | 'compare',
): Promise<boolean> {
  const cursors = await tx.cursors.findMany(administrationId);
  return cursors.some((cursor) => cursor.kind === kind);
}
