import { sql, type SQL } from 'drizzle-orm';
import type { TenantId } from '@koppel/domain/kernel';
import type { MasterKind, MasterRow, PartKind, PartRow, StoreContext } from '@koppel/domain/sync';
import { column } from '../array-parameter.js';
import { withoutWaiting } from './without-waiting.js';

interface Batch<Kind, Row> {
  readonly tenantId: TenantId;
  readonly context: StoreContext;
  readonly kind: Kind;
  readonly rows: readonly Row[];
}

/** Contact persons, addresses or bank accounts of a batch in one statement. */
export function upsertPartsStatement({ tenantId, context, kind, rows }: Batch<PartKind, PartRow>): SQL {
  const now = context.now.toISOString();
  const isNotOlder = context.isFullRead
    ? sql`true`
    : sql`(p.row_version is null or excluded.row_version is null or p.row_version < excluded.row_version)`;
  return sql`
    with written as (
      insert into source_parts as p (
        tenant_id, administration_id, kind, exact_id, account_exact_id, row_version, fields, state, changed_at)
      select ${tenantId}::uuid, ${context.administrationId}::uuid, ${kind}::text, r.exact_id, r.account_exact_id, r.row_version,
        r.fields, 'present', ${now}::timestamptz
      from rows from (unnest(${column(rows, (row) => row.exactId)}::uuid[]),
        unnest(${column(rows, (row) => row.accountExactId)}::uuid[]),
        unnest(${column(rows, (row) => row.rowVersion)}::bigint[]),
        jsonb_array_elements(${JSON.stringify(rows.map((row) => row.fields))}::jsonb)
      ) as r(exact_id, account_exact_id, row_version, fields)
      on conflict (tenant_id, administration_id, kind, exact_id) do update set
        account_exact_id = excluded.account_exact_id, row_version = excluded.row_version, fields = excluded.fields,
        state = 'present', changed_at = excluded.changed_at
      where ${isNotOlder} and (p.fields <> excluded.fields or p.state = 'deleted'
        or p.account_exact_id is distinct from excluded.account_exact_id)
      returning p.xmax = 0 as is_new
    )
    select count(*) filter (where is_new)::int as inserted,
      count(*) filter (where not is_new)::int as changed, ${withoutWaiting} from written`;
}

/** A batch of one master list in one statement; every row is marked as seen by the run. */
export function upsertMastersStatement({ tenantId, context, kind, rows }: Batch<MasterKind, MasterRow>): SQL {
  return sql`
    with known as (
      select exact_id, code, description, is_blocked, fields from masters
      where administration_id = ${context.administrationId}::uuid and kind = ${kind}
    ), incoming as (
      select * from jsonb_to_recordset(${JSON.stringify(rows.map(toMaster))}::jsonb) as r(
        exact_id text, code text, description text, is_blocked boolean, fields jsonb, row_version bigint)
    ), written as (
      insert into masters as m (
        tenant_id, administration_id, kind, exact_id, code, description, is_blocked, fields, row_version, seen_in_run)
      select ${tenantId}::uuid, ${context.administrationId}::uuid, ${kind}, r.exact_id, r.code, r.description, r.is_blocked,
        r.fields, r.row_version, ${context.runId}::uuid
      from incoming as r
      on conflict (tenant_id, administration_id, kind, exact_id) do update set
        code = excluded.code, description = excluded.description, is_blocked = excluded.is_blocked,
        fields = excluded.fields, row_version = excluded.row_version, seen_in_run = excluded.seen_in_run
    )
    select count(*) filter (where known.exact_id is null)::int as inserted,
      count(*) filter (where known.exact_id is not null and (known.code, known.description, known.is_blocked, known.fields)
        is distinct from (incoming.code, incoming.description, incoming.is_blocked, incoming.fields))::int as changed
    from incoming left join known on known.exact_id = incoming.exact_id`;
}

function toMaster(row: MasterRow) {
  return {
    exact_id: row.exactId,
    code: row.code,
    description: row.description,
    is_blocked: row.isBlocked,
    fields: row.fields,
    row_version: row.rowVersion?.toString() ?? null,
  };
}
