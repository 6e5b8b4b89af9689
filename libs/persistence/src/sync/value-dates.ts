import { sql, type SQL } from 'drizzle-orm';

/** Under this key stands when the account was last changed before its values were followed one by one. */
export const firstDateKey = '';

/**
 * When each shared value of an account was last changed, now that it says `shared`, which Exact changed at `at`. `row` is the account as it
 * was. Exact dates whole accounts only: a value that never changed since it was first read is as old as the account was then, or older.
 */
export function valueDatesAfter(row: SQL, { shared, at }: { readonly shared: SQL; readonly at: SQL }): SQL {
  return sql`coalesce(${row}.value_dates, jsonb_build_object(${sql.raw(`'${firstDateKey}'`)}, ${row}.modified_at)) || coalesce(
    (select jsonb_object_agg(n.key, ${at}) from jsonb_each(${shared}) n
      where n.value is distinct from ${row}.fields->'shared'->n.key), '{}'::jsonb)`;
}
