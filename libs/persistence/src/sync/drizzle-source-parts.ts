import { sql, type SQL } from 'drizzle-orm';
import { asId, type AdministrationId, type SourceRelationId, type TenantId } from '@koppel/domain/kernel';
import type { PartFields, PartReadBack, PartRef, SourcePart, SourceParts } from '@koppel/domain/relations';
import type { PartKind } from '@koppel/domain/sync';
import { column } from '../array-parameter.js';
import type { Tx } from '../database.js';
import { uuidArray } from '../relations/arrays.js';

interface Row {
  readonly [column: string]: unknown;
  readonly administration_id: string;
  readonly kind: string;
  readonly exact_id: string;
  readonly source_relation_id: string | null;
  readonly fields: PartFields;
  readonly base: PartFields | null;
}

/** Parts of accounts over Postgres, as sharing sees them. */
export class DrizzleSourceParts implements SourceParts {
  constructor(
    private readonly tx: Tx,
    private readonly tenantId: TenantId,
  ) {}

  findUncompared(limit: number, outside: readonly AdministrationId[] = []): Promise<SourcePart[]> {
    const isInside = sql`not p.administration_id = any(${uuidArray(outside)})`;
    return this.read(sql`p.base is not null and ${isInside} limit ${limit}`);
  }

  async findOfAccounts(ids: readonly SourceRelationId[]): Promise<SourcePart[]> {
    if (ids.length === 0) return [];
    const rows = await this.tx.execute<Row>(sql`
      select p.administration_id, p.kind, p.exact_id, s.id as source_relation_id, p.fields, p.base
      from source_parts p join source_relations s on s.tenant_id = p.tenant_id
        and s.administration_id = p.administration_id and s.exact_id = p.account_exact_id
      where p.tenant_id = ${this.tenantId}::uuid and p.state = 'present' and s.id = any(${uuidArray(ids)})
      order by p.administration_id, p.kind, p.exact_id`);
    return rows.map(toPart);
  }

  async find(ref: PartRef): Promise<SourcePart | undefined> {
    const [found] = await this.read(is(ref));
    return found;
  }

  async findMany(refs: readonly PartRef[]): Promise<SourcePart[]> {
    if (refs.length === 0) return [];
    return this.read(sql`(p.administration_id, p.kind, p.exact_id) in (
      select * from unnest(${column(refs, (ref) => ref.administrationId)}::uuid[],
        ${column(refs, (ref) => ref.kind)}::text[], ${column(refs, (ref) => ref.exactId)}::uuid[]))`);
  }

  async acceptAsBase(parts: readonly SourcePart[]): Promise<void> {
    if (parts.length === 0) return;
    await this.tx.execute(sql`
      update source_parts p set base = null
      from rows from (unnest(${column(parts, (part) => part.administrationId)}::uuid[]),
        unnest(${column(parts, (part) => part.kind)}::text[]), unnest(${column(parts, (part) => part.exactId)}::uuid[]),
        jsonb_array_elements(${JSON.stringify(parts.map((part) => part.fields))}::text::jsonb)
      ) as r(administration_id, kind, exact_id, fields)
      where p.tenant_id = ${this.tenantId}::uuid and p.administration_id = r.administration_id and p.kind = r.kind
        and p.exact_id = r.exact_id and p.fields = r.fields and p.base is not null`);
  }

  async storeReadBack(part: PartReadBack, now: Date): Promise<void> {
    const fields = JSON.stringify(part.fields);
    const base = part.base === null ? null : JSON.stringify(part.base);
    const modifiedAt = part.modifiedAt?.toISOString() ?? null;
    await this.tx.execute(sql`
      insert into source_parts as p (tenant_id, administration_id, kind, exact_id, account_exact_id, fields, base, state, changed_at,
        modified_at, written, written_at)
      select s.tenant_id, s.administration_id, ${part.kind}, ${part.exactId}::uuid, s.exact_id, ${fields}::text::jsonb,
        ${base}::text::jsonb, 'present', ${now.toISOString()}::timestamptz, ${modifiedAt}::timestamptz,
        ${JSON.stringify(part.written)}::text::jsonb, ${now.toISOString()}::timestamptz
      from source_relations s where s.tenant_id = ${this.tenantId}::uuid and s.id = ${part.sourceRelationId}::uuid
      on conflict (tenant_id, administration_id, kind, exact_id) do update set
        fields = excluded.fields, base = excluded.base, state = 'present', changed_at = excluded.changed_at,
        modified_at = excluded.modified_at, written = excluded.written, written_at = excluded.written_at`);
  }

  /** Accounts are looked up part by part: as a join all of them are read for a few parts. */
  private async read(which: SQL): Promise<SourcePart[]> {
    const rows = await this.tx.execute<Row>(sql`
      select p.administration_id, p.kind, p.exact_id, p.fields, p.base,
        (select s.id from source_relations s where s.tenant_id = p.tenant_id
          and s.administration_id = p.administration_id and s.exact_id = p.account_exact_id) as source_relation_id
      from source_parts p
      where p.tenant_id = ${this.tenantId}::uuid and p.state = 'present' and ${which}`);
    return rows.map(toPart);
  }
}

function is({ administrationId, kind, exactId }: PartRef): SQL {
  return sql`p.administration_id = ${administrationId}::uuid and p.kind = ${kind} and p.exact_id = ${exactId}::uuid`;
}

function toPart(row: Row): SourcePart {
  return {
    administrationId: asId<AdministrationId>(row.administration_id),
    kind: row.kind as PartKind, // our own rows
    exactId: row.exact_id,
    sourceRelationId: row.source_relation_id === null ? null : asId<SourceRelationId>(row.source_relation_id),
    fields: row.fields,
    base: row.base,
  };
}
