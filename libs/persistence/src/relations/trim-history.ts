import { sql } from 'drizzle-orm';
import { asId, type TenantId } from '@koppel/domain/kernel';
import { inSystem, inTenant, type Database } from '../database.js';

/**
 * Forgets what came from Exact longer than `ageMs` ago, at most `limit` acts of each tenant, the oldest first. What people did stays as long
 * as the tenant. Returns how many acts went.
 */
export async function trimHistory(
  database: Database,
  bounds: { readonly ageMs: number; readonly limit: number; readonly tenantsMax: number },
): Promise<number> {
  const tenants = await inSystem(database, (tx) =>
    tx.execute<{ id: string }>(sql`select id from tenants order by id limit ${bounds.tenantsMax}`),
  );
  let gone = 0;
  for (const { id } of tenants) gone += await trimOf(database, asId<TenantId>(id), bounds);
  return gone;
}

function trimOf(
  database: Database,
  tenantId: TenantId,
  { ageMs, limit }: { readonly ageMs: number; readonly limit: number },
): Promise<number> {
  return inTenant(database, tenantId, async (tx) => {
    const rows = await tx.execute(sql`
      delete from actions where tenant_id = ${tenantId}::uuid and id in (select id from actions
        where tenant_id = ${tenantId}::uuid and kind = 'exact-change' and at < now() - ${ageMs} * interval '1 millisecond'
        order by at, id limit ${limit})
      returning id`);
    return rows.length;
  });
}
