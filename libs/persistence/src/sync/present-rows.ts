import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { AdministrationId, SyncRunId } from '@koppel/domain/kernel';
import type { PartKind, StoreContext } from '@koppel/domain/sync';
import { sourceParts, sourceRelations } from '../schema/index.js';

/** Accounts of the administration that are there. */
export function presentIn(administrationId: AdministrationId) {
  return and(eq(sourceRelations.administrationId, administrationId), eq(sourceRelations.state, 'present'));
}

/** Parts of a kind that are there. */
export function presentParts(
  { administrationId }: Pick<StoreContext, 'administrationId'>,
  kind: PartKind,
): SQL | undefined {
  return and(
    eq(sourceParts.administrationId, administrationId),
    eq(sourceParts.kind, kind),
    eq(sourceParts.state, 'present'),
  );
}

/** Parts that the full read of the run did not meet. */
export function partUnseenIn(runId: SyncRunId): SQL {
  return sql`${sourceParts.seenInRun} is distinct from ${runId}::uuid`;
}

/** Accounts that the full read of the run did not meet. */
export function unseenIn(runId: SyncRunId): SQL {
  return sql`${sourceRelations.seenInRun} is distinct from ${runId}::uuid`;
}
