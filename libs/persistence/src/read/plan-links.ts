import { sql } from 'drizzle-orm';
import type { TenantId } from '@koppel/domain/kernel';
import type { Tx } from '../database.js';

/** How many present accounts share a relation with another one, per administration; those without any are left out. */
export async function countPlanLinks(tx: Tx, tenantId: TenantId): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.execute<{ administration_id: string; count: number }>(sql`
    with member as (select distinct l.relation_id, s.id, s.administration_id from links l
      join source_relations s on s.tenant_id = l.tenant_id and s.id = l.source_relation_id and s.state = 'present'
      where l.tenant_id = ${tenantId}::uuid and l.state = 'linked')
    select administration_id, count(*)::int as count from member
      where relation_id in (select relation_id from member group by relation_id having count(*) > 1)
      group by administration_id`);
  return new Map(rows.map((row) => [row.administration_id, row.count]));
}
