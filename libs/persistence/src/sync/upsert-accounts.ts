import { sql, type SQL } from 'drizzle-orm';
import type { TenantId } from '@koppel/domain/kernel';
import type { StoreContext, StoredAccount } from '@koppel/domain/sync';
import { column } from '../array-parameter.js';
import { valueDatesAfter } from './value-dates.js';
import { withoutWaiting } from './without-waiting.js';

/**
 * One statement for a whole batch: inserts, changes and counts. A delta is guarded by the row version; a full read only by content,
 * and it marks every row as seen. Columns that say "changed" move only when something did.
 */
export function upsertAccountsStatement(
  tenantId: TenantId,
  context: StoreContext,
  rows: readonly StoredAccount[],
): SQL {
  const { administrationId, runId, isFullRead } = context;
  const now = context.now.toISOString();
  const isOlder = isBeforeOwnWrite(context);
  const differs = sql`(not ${isOlder} and
    (s.content_hash <> excluded.content_hash or s.state = 'deleted' or s.is_own_company <> excluded.is_own_company))`;
  const seenInRun = isFullRead ? sql`${runId}::uuid` : sql`null::uuid`;
  const isWorthAnUpdate = isFullRead ? sql`true` : sql`s.row_version < excluded.row_version and ${differs}`;
  const changed = {
    shared: sql`excluded.fields->'shared'`,
    at: sql`coalesce(excluded.modified_at, ${now}::timestamptz)`,
  };
  const valueDates = valueDatesAfter(sql`s`, changed);
  return sql`
    with written as (
      insert into source_relations as s (
        id, tenant_id, administration_id, exact_id, row_version, code, name, fields, is_customer, is_supplier,
        is_own_company, is_blocked, ends_on, state, content_hash, modified_at, first_seen_at, changed_at,
        changed_in_run, seen_in_run)
      select r.id, ${tenantId}::uuid, ${administrationId}::uuid, r.exact_id, r.row_version, r.fields #>> '{local,code}',
        r.fields #>> '{shared,name}', r.fields, r.is_customer, r.is_supplier, r.is_own_company, r.is_blocked,
        r.fields #>> '{local,endsOn}', 'present', r.content_hash, r.modified_at, ${now}::timestamptz, ${now}::timestamptz,
        ${runId}::uuid, ${seenInRun}
      from rows from (${columnsOf(rows)}) as r(
        id, exact_id, row_version, is_customer, is_supplier, is_own_company, is_blocked, content_hash, modified_at, fields)
      on conflict (tenant_id, administration_id, exact_id) do update set
        ${takenOver(isFullRead ? isOlder : undefined)},
        base = case when ${differs} then coalesce(s.base, s.fields->'shared') else s.base end,
        value_dates = case when ${differs} then ${valueDates}
          else s.value_dates end,
        state = 'present',
        changed_at = case when ${differs} then excluded.changed_at else s.changed_at end,
        changed_in_run = case when ${differs} then excluded.changed_in_run else s.changed_in_run end,
        seen_in_run = coalesce(excluded.seen_in_run, s.seen_in_run)
      where ${isWorthAnUpdate}
      returning s.xmax = 0 as is_new, s.changed_in_run = ${runId}::uuid as is_of_run
    )
    select count(*) filter (where is_new)::int as inserted,
      count(*) filter (where not is_new and is_of_run)::int as changed, ${withoutWaiting} from written`;
}

/** A row that lacks what we wrote since, and was not modified after that: its page was made before the write. */
function isBeforeOwnWrite({ writtenSince }: StoreContext): SQL {
  return sql`coalesce(s.written_at >= ${writtenSince.toISOString()}::timestamptz
    and not excluded.fields->'shared' @> s.written and not coalesce(excluded.modified_at > s.modified_at, false), false)`;
}

const contents =
  'code name fields is_customer is_supplier is_own_company is_blocked ends_on content_hash modified_at';

/**
 * What a known account gets from the row, unless the row is older. From then on row versions tell what is older than our own write. Its row
 * version it gets always: one from before a move would be above all that are to come.
 */
function takenOver(isOlder: SQL | undefined): SQL {
  const given = contents.split(' ').map((name) => [name, `excluded.${name}`] as const);
  const forgotten = ['written', 'written_at'].map((name) => [name, 'null'] as const);
  const columns = [...given, ...forgotten].map(([name, value]) => {
    const [column, theirs] = [sql.raw(name), sql.raw(value)];
    return isOlder
      ? sql`${column} = case when ${isOlder} then s.${column} else ${theirs} end`
      : sql`${column} = ${theirs}`;
  });
  return sql.join([sql`row_version = excluded.row_version`, ...columns], sql`, `);
}

/** One parameter per column: text is parsed by Postgres once, into the type that is stored. */
function columnsOf(rows: readonly StoredAccount[]): SQL {
  return sql`
    unnest(${column(rows, (row) => row.id)}::uuid[]), unnest(${column(rows, (row) => row.exactId)}::uuid[]),
    unnest(${column(rows, (row) => row.rowVersion)}::bigint[]),
    unnest(${column(rows, (row) => row.isCustomer)}::boolean[]),
    unnest(${column(rows, (row) => row.isSupplier)}::boolean[]),
    unnest(${column(rows, (row) => row.isOwnCompany)}::boolean[]),
    unnest(${column(rows, (row) => row.isBlocked)}::boolean[]),
    unnest(${column(rows, (row) => row.contentHash)}::text[]),
    unnest(${column(rows, (row) => row.modifiedAt?.toISOString() ?? null)}::timestamptz[]),
    jsonb_array_elements(${JSON.stringify(rows.map((row) => row.fields))}::jsonb)`;
}
