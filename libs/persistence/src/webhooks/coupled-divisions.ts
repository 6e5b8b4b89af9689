import { sql } from 'drizzle-orm';
import { asId, type AdministrationId, type TenantId } from '@koppel/domain/kernel';
import { inSystem, type Database } from '../database.js';

/** Exact's name of an administration: its number counts within a country only. */
export interface DivisionKey {
  readonly region: string;
  readonly division: number;
}

export interface CoupledDivision extends DivisionKey {
  readonly tenantId: TenantId;
  readonly administrationId: AdministrationId;
}

/** The active administrations, of whatever tenant, that stand for these divisions. Others are nobody's. */
export async function findCoupledDivisions(
  database: Database,
  keys: readonly DivisionKey[],
): Promise<CoupledDivision[]> {
  if (keys.length === 0) return [];
  const rows = await inSystem(database, (tx) =>
    tx.execute<{ tenant_id: string; id: string; region: string; division: number }>(sql`
      select a.tenant_id, a.id, a.region, a.division
      from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k(region text, division int)
        join administrations a on a.region = k.region and a.division = k.division
        join tenants t on t.id = a.tenant_id
      where a.state = 'active' and t.feature_enabled_at is not null
      order by a.tenant_id, a.id`),
  );
  return rows.map(({ tenant_id, id, region, division }) => ({
    tenantId: asId<TenantId>(tenant_id),
    administrationId: asId<AdministrationId>(id),
    region,
    division,
  }));
}

/** Whether another tenant has the same administration active. */
export async function isCoupledElsewhere(
  database: Database,
  { tenantId, region, division }: DivisionKey & { readonly tenantId: TenantId },
): Promise<boolean> {
  const coupled = await findCoupledDivisions(database, [{ region, division }]);
  return coupled.some((each) => each.tenantId !== tenantId);
}

/** Tenants whose notices are due although no message says so: for the sweeper. */
export async function findForgottenNotices(
  database: Database,
  bounds: { readonly limit: number; readonly graceMs: number },
): Promise<TenantId[]> {
  const rows = await inSystem(database, (tx) =>
    tx.execute<{ tenant_id: string }>(sql`
      select n.tenant_id from notices n where n.due_at < now() - ${bounds.graceMs} * interval '1 millisecond'
        and not exists (select from outbox o where o.dispatched_at is null and o.tenant_id = n.tenant_id
          and o.message ->> 'kind' = 'fetch-noticed')
      group by n.tenant_id order by min(n.due_at) limit ${bounds.limit}`),
  );
  return rows.map((row) => asId<TenantId>(row.tenant_id));
}
