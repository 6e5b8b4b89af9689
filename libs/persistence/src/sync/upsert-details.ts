import { sql, type SQL } from 'drizzle-orm';
import type { TenantId } from '@koppel/domain/kernel';
import type { MasterKind, MasterRow, PartKind, PartRow, StoreContext } from '@koppel/domain/sync';
import { column, momentColumn } from '../array-parameter.js';
import { movedAddresses } from './moved-accounts.js';
import { withoutWaiting } from './without-waiting.js';

interface Batch<Kind, Row> {
  readonly tenantId: TenantId;
  readonly context: StoreContext;
  readonly kind: Kind;
  readonly rows: readonly Row[];
}

/**
 * Contact persons, addresses or bank accounts of a batch in one statement. The first change since a comparison keeps what was said before;
 * what is new since the first read waits too, but for persons, who are never made elsewhere by themselves.
 */
export function upsertPartsStatement({ tenantId, context, kind, rows }: Batch<PartKind, PartRow>): SQL {
  const now = context.now.toISOString();
  const { administrationId, isFullRead, isReread = false, runId } = context;
  const baseOfNew = (isFullRead && !isReread) || kind === 'contact' ? sql`null::jsonb` : sql`'{}'::jsonb`;
  const seenInRun = isFullRead ? sql`${runId}::uuid` : sql`null::uuid`;
  const isOlder = isBeforeOwnWrite(context);
  const isNotOlder = sql`(p.row_version is null or excluded.row_version is null or p.row_version < excluded.row_version)`;
  const differs = sql`(not ${isOlder} and (p.fields <> excluded.fields or p.state = 'deleted' or p.account_exact_id is distinct from excluded.account_exact_id))`;
  const movesAccounts = kind === 'address';
  const ofMovedAccounts = movesAccounts
    ? sql`, p.account_exact_id, case when p.xmax <> 0 then p.fields end as fields, p.base, p.modified_at`
    : sql``;
  const isWorthAnUpdate = isFullRead ? sql`true` : sql`${isNotOlder} and ${differs}`;
  return sql`
    with written as (
      insert into source_parts as p (tenant_id, administration_id, kind, exact_id, account_exact_id, row_version, modified_at,
        fields, base, state, changed_at, seen_in_run)
      select ${tenantId}::uuid, ${administrationId}::uuid, ${kind}::text, r.exact_id, r.account_exact_id, r.row_version,
        r.modified_at, r.fields, ${baseOfNew}, 'present', ${now}::timestamptz, ${seenInRun}
      from rows from (unnest(${column(rows, (row) => row.exactId)}::uuid[]),
        unnest(${column(rows, (row) => row.accountExactId)}::uuid[]),
        unnest(${column(rows, (row) => row.rowVersion)}::bigint[]),
        unnest(${momentColumn(rows, (row) => row.modifiedAt ?? null)}::timestamptz[]),
        jsonb_array_elements(${JSON.stringify(rows.map((row) => row.fields))}::jsonb)
      ) as r(exact_id, account_exact_id, row_version, modified_at, fields)
      on conflict (tenant_id, administration_id, kind, exact_id) do update set
        ${takenOver(isOlder)},
        base = case when p.fields <> excluded.fields and not ${isOlder} then coalesce(p.base, p.fields) else p.base end,
        state = 'present', changed_at = case when ${differs} then excluded.changed_at else p.changed_at end,
        seen_in_run = coalesce(excluded.seen_in_run, p.seen_in_run)
      where ${isWorthAnUpdate}
      returning p.xmax = 0 as is_new, p.changed_at = ${now}::timestamptz as is_changed${ofMovedAccounts}
    )
    select count(*) filter (where is_new)::int as inserted,
      count(*) filter (where not is_new and is_changed)::int as changed${movesAccounts ? sql`, ${movedAddresses} as moved` : sql``},
      ${withoutWaiting} from written`;
}

/** A row that lacks what we wrote since, and was not modified after that: its page was made before the write. */
function isBeforeOwnWrite({ writtenSince }: StoreContext): SQL {
  return sql`coalesce(p.written_at >= ${writtenSince.toISOString()}::timestamptz
    and not excluded.fields @> p.written and not coalesce(excluded.modified_at > p.modified_at, false), false)`;
}

const contents = 'account_exact_id modified_at fields';

/** What a known part gets from the row: like an account its row version always, the rest unless the row is older than our own write. */
function takenOver(isOlder: SQL): SQL {
  const given = contents.split(' ').map((name) => [name, `excluded.${name}`] as const);
  const forgotten = ['written', 'written_at'].map((name) => [name, 'null'] as const);
  const columns = [...given, ...forgotten].map(([name, value]) => {
    const [column, theirs] = [sql.raw(name), sql.raw(value)];
    return sql`${column} = case when ${isOlder} then p.${column} else ${theirs} end`;
  });
  return sql.join([sql`row_version = excluded.row_version`, ...columns], sql`, `);
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
