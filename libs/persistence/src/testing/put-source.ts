import { sql } from 'drizzle-orm';
import type { SyncRunId, TenantId } from '@koppel/domain/kernel';
import type { SourceRelation } from '@koppel/domain/relations';
import type { Tx } from '../database.js';
import { sourceParts, sourceRelations } from '../schema/index.js';

export interface PutSource {
  readonly tenantId: TenantId;
  readonly source: SourceRelation;
  readonly changedInRun: SyncRunId | null;
  readonly ibans?: readonly string[];
}

/**
 * Stores an account with its bank accounts as fetching does, for specs that begin after fetching: the first change since a
 * comparison keeps what was said before as its base.
 */
export async function putSource(
  tx: Tx,
  { tenantId, source, changedInRun, ibans = [] }: PutSource,
): Promise<void> {
  const { fields, base: _base, id, ...facts } = source;
  const columns = {
    ...facts,
    tenantId,
    code: fields.local.code,
    name: fields.shared.name,
    fields,
    endsOn: fields.local.endsOn,
    firstSeenAt: source.changedAt,
    changedInRun,
  };
  await tx
    .insert(sourceRelations)
    .values({ id, ...columns })
    .onConflictDoUpdate({
      target: sourceRelations.id,
      set: {
        ...columns,
        base: sql`coalesce(${sourceRelations.base}, nullif(${sourceRelations.fields}->'shared', excluded.fields->'shared'))`,
      },
    });
  for (const [index, iban] of ibans.entries())
    await tx.insert(sourceParts).values({
      tenantId,
      administrationId: source.administrationId,
      kind: 'bank-account',
      exactId: sql`gen_random_uuid()`,
      accountExactId: source.exactId,
      fields: { iban, position: index },
      state: 'present',
      changedAt: source.changedAt,
    });
}
