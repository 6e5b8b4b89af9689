import { sql, type SQL } from 'drizzle-orm';
import type { TenantId } from '@koppel/domain/kernel';
import type { ErasedAccount, Erasure, PartRef } from '@koppel/domain/relations';
import type { Tx } from '../database.js';

/** Of the parameters of issue `i`, what says which account and which write it is about. */
const onlyIds = sql`jsonb_strip_nulls(jsonb_build_object('exactId', i.params->'exactId', 'otherExactId', i.params->'otherExactId',
  'intentId', i.params->'intentId'))`;

/** Erases what an account left behind, over Postgres. */
export class DrizzleErasure implements Erasure {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  async eraseTraces({ sourceId, relationId }: ErasedAccount, now: Date): Promise<void> {
    const { tx, tenantId } = this;
    await tx.execute(sql`update conflicts set base = null, candidates = '[]'::jsonb
      where tenant_id = ${tenantId}::uuid and relation_id = ${relationId}::uuid and state = 'resolved'`);
    await this.emptyWrites(sql`source_relation_id = ${sourceId}::uuid`, now);
    // A create that came to nothing has no account; one that waits is made of what the relation says when its turn comes.
    const isFailedCreate = sql`source_relation_id is null and state <> 'planned'`;
    await this.emptyWrites(sql`relation_id = ${relationId}::uuid and ${isFailedCreate}`, now);
    // An issue of an account that was to be made knows the write alone.
    const isMade = sql`source_relation_id = ${sourceId}::uuid or (source_relation_id is null and relation_id = ${relationId}::uuid)`;
    const writes = sql`select id::text from write_intents where tenant_id = ${tenantId}::uuid and (${isMade})`;
    const accounts = sql`select 1 from source_relations s where s.tenant_id = ${tenantId}::uuid and s.id = ${sourceId}::uuid
      and s.administration_id = i.administration_id and s.exact_id::text in (i.params->>'exactId', i.params->>'otherExactId')`;
    await this.withoutReasons(sql`update issues i
      set params = ${onlyIds}, ignored_reason = left(ignored_reason, 0)
      where i.tenant_id = ${tenantId}::uuid and (i.params->>'intentId' in (${writes}) or exists (${accounts})) returning i.id`);
    await tx.execute(
      sql`update source_relations set base = null, written = null where tenant_id = ${tenantId}::uuid and id = ${sourceId}::uuid`,
    );
    await tx.execute(sql`update source_parts p set fields = '{}'::jsonb, base = null, written = null
      from source_relations s where s.tenant_id = ${tenantId}::uuid and s.id = ${sourceId}::uuid and p.tenant_id = s.tenant_id
        and p.administration_id = s.administration_id and p.account_exact_id = s.exact_id`);
  }

  async eraseTracesOfParts(parts: readonly PartRef[], now: Date): Promise<void> {
    for (const { administrationId, kind, exactId } of parts) {
      const isAbout = sql`administration_id = ${administrationId}::uuid and part->>'kind' = ${kind} and part->>'exactId' = ${exactId}`;
      await this.emptyWrites(isAbout, now);
      // An issue of a write that failed knows the write alone.
      const writes = sql`select id::text from write_intents where tenant_id = ${this.tenantId}::uuid and ${isAbout}`;
      await this.withoutReasons(sql`update issues i
        set params = ${onlyIds}, ignored_reason = left(ignored_reason, 0)
        where i.tenant_id = ${this.tenantId}::uuid and i.administration_id = ${administrationId}::uuid
          and (i.params->>'partId' = ${exactId} or i.params->>'intentId' in (${writes}))
        returning i.id`);
    }
  }

  /** What a person wrote about the erased issues may name whom they are about. */
  private async withoutReasons(erased: SQL): Promise<void> {
    await this.tx
      .execute(sql`with erased as (${erased}) update actions a set facts = a.facts - 'reason', erased_at = now(), salt = null
      from erased where a.tenant_id = ${this.tenantId}::uuid and a.facts is not null and a.facts ? 'reason'
        and a.facts->>'issueId' = erased.id::text`);
  }

  /** A write under way ends by itself: it is read back and settled with what Exact has now. */
  private async emptyWrites(which: SQL, now: Date): Promise<void> {
    await this.tx
      .execute(sql`update write_intents set patch = '{}'::jsonb, part = (part - 'orWas') || '{"was": null}'::jsonb,
        settled_at = coalesce(settled_at, ${now.toISOString()}::timestamptz),
        state = case when state = 'planned' then 'superseded' else state end
      where tenant_id = ${this.tenantId}::uuid and ${which} and state not in ('sent', 'uncertain')`);
  }
}
