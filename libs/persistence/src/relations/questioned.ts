import { sql, type SQL } from 'drizzle-orm';
import type { TenantId } from '@koppel/domain/kernel';

/**
 * Relations and the administrations in which an account may be theirs, as `Proposals.findQuestioned` says it; once each. Both sides of a
 * question are looked up by an index of their own.
 */
export function questioned(tenantId: TenantId, isMeant: (relationId: SQL) => SQL): SQL {
  const side = (one: SQL, other: SQL) => sql`select ${one} as relation_id, ${other} as other from proposals
    where tenant_id = ${tenantId}::uuid and state in ('open', 'unsure') and not is_aside and ${isMeant(one)}`;
  const [a, b] = [sql.raw('relation_a'), sql.raw('relation_b')];
  return sql`select distinct q.relation_id, s.administration_id
    from (${side(a, b)} union all ${side(b, a)}) q
    join links l on l.tenant_id = ${tenantId}::uuid and l.relation_id = q.other and l.state = 'linked'
    join source_relations s on s.id = l.source_relation_id and s.state = 'present'`;
}
