import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  jsonb,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { appRole, at, systemAll, tenantId, tenantOnly } from './columns.js';

const ownTenant = sql`id = nullif(current_setting('app.tenant_id', true), '')::uuid`;

export const tenants = pgTable(
  'tenants',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    /** Step 0: set by helpdesk or consultant; without it the API answers 403. */
    featureEnabledAt: at('feature_enabled_at'),
    featureEnabledBy: text('feature_enabled_by'),
    createdAt: at('created_at').notNull(),
  },
  () => [
    systemAll(),
    pgPolicy('own_tenant', {
      for: 'select',
      to: appRole,
      using: ownTenant,
    }),
    // To hold the switch (`for share`) a role must be one that may update: this one may lock its own row and change nothing of it.
    pgPolicy('own_tenant_lock', { for: 'update', to: appRole, using: ownTenant, withCheck: sql`false` }),
  ],
);

export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    passwordHash: text('password_hash'),
    locale: text('locale').notNull().default('nl'),
    /** Helpdesk or consultant: may switch the feature on for a tenant. */
    isOperator: boolean('is_operator').notNull().default(false),
    createdAt: at('created_at').notNull(),
  },
  (table) => [uniqueIndex('users_email').on(sql`lower(${table.email})`), systemAll()],
);

export const memberships = pgTable(
  'memberships',
  {
    tenantId: tenantId(),
    userId: uuid('user_id').notNull(),
    role: text('role').notNull(), // viewer | reviewer | admin
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.userId] }), systemAll(), tenantOnly()],
);

export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the cookie's value: a stolen table logs nobody in. */
    idHash: text('id_hash').primaryKey(),
    userId: uuid('user_id'),
    data: jsonb('data').notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  (table) => [index('sessions_expires_at').on(table.expiresAt), systemAll()],
);

export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    name: text('name').notNull(),
    /** The readable start of the key, to tell keys apart. */
    prefix: text('prefix').notNull(),
    keyHash: text('key_hash').notNull(),
    scopes: text('scopes').array().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: at('created_at').notNull(),
    lastUsedAt: at('last_used_at'),
    expiresAt: at('expires_at'),
    revokedAt: at('revoked_at'),
  },
  (table) => [uniqueIndex('api_keys_hash').on(table.keyHash), systemAll(), tenantOnly()],
);
