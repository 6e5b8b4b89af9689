import { sql, type SQL } from 'drizzle-orm';
import { customType, pgPolicy, pgRole, timestamp, uuid } from 'drizzle-orm/pg-core';

/** The runtime role of work for one tenant: no owner, no BYPASSRLS. `migrate` creates it. */
export const appRole = pgRole('koppel_app').existing();

/** The runtime role of work over all tenants: login, API keys, relay, sweeper. It reaches few tables. */
export const systemRole = pgRole('koppel_system').existing();

/** A moment in UTC; the column's name says what happened then. */
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Raw bytes. */
export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** The tenant that owns a row. First column of every unique index, so that an error never tells of others. */
export const tenantId = () => uuid('tenant_id').notNull();

/** Rows of the tenant that the transaction was opened for, and nothing when it was opened for none. */
export const tenantOnly = () =>
  pgPolicy('tenant_only', {
    as: 'permissive',
    for: 'all',
    to: appRole,
    using: sql`tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`,
    withCheck: sql`tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid`,
  });

/** Some rows, to read only: what the operator is told of all tenants together. */
export const systemCounts = (using: SQL) =>
  pgPolicy('system_counts', { as: 'permissive', for: 'select', to: systemRole, using });

/** Every row, for work over all tenants. */
export const systemAll = () =>
  pgPolicy('system_all', {
    as: 'permissive',
    for: 'all',
    to: systemRole,
    using: sql`true`,
    withCheck: sql`true`,
  });
