import type { IssuesTx } from '../issues/index.js';
import { systemActor, type AdministrationId } from '../kernel/index.js';
import { clockSkewMs } from './clock-skew.js';
import { dataKindOfPart, type DataKind } from './data-kind.js';
import type { DeletedRow } from './source-rows.js';
import { rejectionCauses } from './store-rows.js';

/** Closes issues about records that could not be taken over and are deleted in Exact: no page brings them any more (product.md 3.18). */
export async function closeDeletedRejections(
  tx: IssuesTx,
  deleted: { readonly administrationId: AdministrationId; readonly rows: readonly DeletedRow[] },
  now: Date,
): Promise<void> {
  const { administrationId, rows } = deleted;
  const gone = new Set(rows.map(({ entity, exactId }) => `${kindOf(entity)}:${exactId}`));
  for (const cause of rejectionCauses) {
    const prefix = `${cause}:${administrationId}:`;
    const keys = await tx.issues.findUnresolvedCauseKeys(prefix);
    const over = keys.filter((key) => gone.has(key.slice(prefix.length)));
    if (over.length > 0) await tx.issues.resolve(over, now, systemActor.name);
  }
}

/** Closes the open ones of a kind that was read from the beginning without meeting their records again. */
export async function closeUnmetRejections(
  tx: IssuesTx,
  read: { readonly administrationId: AdministrationId; readonly kind: DataKind; readonly begunAt: Date },
  now: Date,
): Promise<void> {
  const { administrationId, kind, begunAt } = read;
  for (const cause of rejectionCauses) {
    const open = await tx.issues.findOpen(`${cause}:${administrationId}:${kind}:`);
    const unmet = open.filter(({ lastSeenAt }) => lastSeenAt.getTime() < begunAt.getTime() - clockSkewMs);
    const keys = unmet.map(({ causeKey }) => causeKey);
    if (keys.length > 0) await tx.issues.resolve(keys, now, systemActor.name);
  }
}

function kindOf(entity: DeletedRow['entity']): DataKind {
  if (entity === 'account') return 'accounts';
  return entity === 'gl-account' ? 'gl-accounts' : dataKindOfPart[entity];
}
