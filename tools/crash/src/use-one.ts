import { sql } from 'drizzle-orm';
import { asId, type AdministrationId, type RelationId, type TenantId } from '@koppel/domain/kernel';
import { useRelation } from '@koppel/domain/relations';
import type { Services } from '@koppel/worker/handlers';
import { anna, expectOk, read } from './person.js';

/**
 * Begins to use a relation in the other administration, where it has no account: it is created there, with what belongs to it. One, since two
 * have nothing to do with each other and Exact numbers what it is given in the order in which it comes.
 */
export async function useOne(services: Services, tenantId: TenantId): Promise<void> {
  const [here, there] = await administrationsOf(services, tenantId);
  if (!here || !there) throw new Error('the world has too few administrations');
  const relation = await relationToUse(services, tenantId, { here, there });
  if (relation === undefined) throw new Error('every relation of the world stands in both administrations');
  const administrationId = asId<AdministrationId>(there);
  const relationId = asId<RelationId>(relation);
  expectOk(await useRelation(services.deps, { tenantId, relationId, administrationId, actor: anna }));
}

async function administrationsOf(services: Services, tenantId: TenantId): Promise<string[]> {
  const rows = await read<{ id: string }>(
    services,
    tenantId,
    sql`select id from administrations order by division`,
  );
  return rows.map(({ id }) => id);
}

/** One in one administration alone, of whom nothing is asked and whose name nobody has in the other; after an interruption the same. */
async function relationToUse(
  services: Services,
  tenantId: TenantId,
  { here, there }: { readonly here: string; readonly there: string },
): Promise<string | undefined> {
  const [row] = await read<{ id: string }>(
    services,
    tenantId,
    sql`
      with places as (
        select l.relation_id, count(distinct s.id) as accounts, bool_and(s.administration_id = ${here}::uuid) as is_here_alone,
          min(s.exact_id::text) filter (where s.administration_id = ${here}::uuid) as first
        from links l join source_relations s on s.id = l.source_relation_id group by l.relation_id)
      select r.id from relations r join places p on p.relation_id = r.id
      where exists (select from write_intents w where w.relation_id = r.id and w.kind = 'create' and w.part is null)
        or (r.state = 'active' and not r.is_intercompany and r.values ->> 'kvk' is not null
          and p.accounts = 1 and p.is_here_alone
          and not exists (select from proposals q where r.id in (q.relation_a, q.relation_b))
          and not exists (select from source_relations n
            where n.administration_id = ${there}::uuid and n.name = r.values ->> 'name'))
      order by exists (select from write_intents w where w.relation_id = r.id) desc, p.first limit 1`,
  );
  return row?.id;
}
