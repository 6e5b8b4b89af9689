import { sql } from 'drizzle-orm';
import type { RelationId } from '@koppel/domain/kernel';
import type { Tx } from '../database.js';
import { isWaitingForAnswer } from './waiting-for-answer.js';

/** An active administration that has no account of a relation. */
export interface AdministrationWithout {
  readonly administrationId: string;
  readonly name: string;
  readonly code: string | null;
  /** One is being created. */
  readonly isRequested: boolean;
}

/** Those of the tenant, in the order of selection. */
export async function readAdministrationsWithout(
  tx: Tx,
  relationId: RelationId,
): Promise<AdministrationWithout[]> {
  const rows = await tx.execute<{ id: string; name: string; code: string | null; is_requested: boolean }>(sql`
    select a.id, a.name, a.code, exists (select from write_intents w
      where w.tenant_id = a.tenant_id and w.relation_id = ${relationId}::uuid and w.administration_id = a.id
        and w.kind = 'create' and w.part is null and w.state in ('planned', 'sent', 'uncertain')
        and not (${isWaitingForAnswer})) as is_requested
    from administrations a
    where a.state = 'active' and not exists (select from links l
      join source_relations s on s.tenant_id = l.tenant_id and s.id = l.source_relation_id
      where l.tenant_id = a.tenant_id and l.relation_id = ${relationId}::uuid and l.state = 'linked'
        and s.administration_id = a.id and s.state = 'present')
    order by a.position, a.id`);
  return rows.map(({ id, is_requested: isRequested, name, code }) => ({
    administrationId: id,
    name,
    code,
    isRequested,
  }));
}
