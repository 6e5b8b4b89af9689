import { sql, type SQL } from 'drizzle-orm';
import type { TenantId } from '@koppel/domain/kernel';
import type { StoreContext } from '@koppel/domain/sync';
import { column, jsonColumn } from '../array-parameter.js';
import { valueDatesAfter } from './value-dates.js';

/** A main visiting address that changed in Exact, as its account is to say it. */
export type MovedAddress = {
  readonly account: string;
  /** Null: it was emptied. */
  readonly address: object | null;
  readonly at: string | null;
};

/** What upserted addresses, `written`, change of their accounts: a list of `MovedAddress`, null when there is none. */
export const movedAddresses = sql`jsonb_agg(jsonb_build_object('account', account_exact_id, 'at', modified_at, 'address', case
    when coalesce(fields->>'line1', fields->>'line2', fields->>'line3', fields->>'postcode', fields->>'city', fields->>'state') is not null
    then jsonb_build_object('line1', fields->'line1', 'line2', fields->'line2', 'line3', fields->'line3',
      'postcode', fields->'postcode', 'city', fields->'city', 'state', fields->'state', 'country', fields->'country')
    end)) filter (where not is_new and is_changed and fields->>'type' = 'visit' and fields->'isMain' = 'true'::jsonb
    and base is not null and base - 'phone' <> fields - 'phone')`;

/**
 * The main visiting address is the account's own, and Exact does not move the account's row version with it (exact-online.md 5.2): a
 * changed one changes the account too. A statement of its own, for what a first read never needs: as a part of the upsert it was
 * planned while the table was empty, and looked through all accounts for every page.
 */
export function moveAccountsStatement(
  tenantId: TenantId,
  context: StoreContext,
  moved: readonly MovedAddress[],
): SQL {
  const { administrationId, runId, now, writtenSince } = context;
  const changed = {
    shared: sql`jsonb_build_object('address', said.address)`,
    at: sql`coalesce(said.modified_at, ${now.toISOString()}::timestamptz)`,
  };
  return sql`
    with said as (
      select r.account_exact_id, r.modified_at, coalesce(r.address::jsonb, 'null'::jsonb) as address
      from rows from (unnest(${column(moved, ({ account }) => account)}::uuid[]),
        unnest(${column(moved, ({ at }) => at)}::timestamptz[]),
        unnest(${jsonColumn(moved, ({ address }) => address)}::text[])
      ) as r(account_exact_id, modified_at, address)
    )
    update source_relations s set fields = jsonb_set(s.fields, '{shared,address}', said.address),
      value_dates = ${valueDatesAfter(sql`s`, changed)},
      base = coalesce(s.base, s.fields->'shared'), changed_at = ${now.toISOString()}::timestamptz, changed_in_run = ${runId}::uuid,
      content_hash = left(md5(s.content_hash || said.address::text), 22)
    from said where s.tenant_id = ${tenantId}::uuid and s.administration_id = ${administrationId}::uuid
      and s.exact_id = said.account_exact_id and s.state = 'present' and s.fields #> '{shared,address}' <> said.address
      -- A page that was asked for before our own write of the address is older than that, unless the address was changed after it.
      and not coalesce(s.written_at >= ${writtenSince.toISOString()}::timestamptz and s.written ? 'address'
        and not coalesce(said.modified_at > s.modified_at, false), false)`;
}
