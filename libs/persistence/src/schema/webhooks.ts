import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, systemAll, tenantId, tenantOnly } from './columns.js';

/** What Exact told of, coalesced: one row per administration and topic, however many notices come. No ids of records, no values. */
export const notices = pgTable(
  'notices',
  {
    tenantId: tenantId(),
    administrationId: uuid('administration_id').notNull(),
    topic: text('topic').notNull(), // accounts | contacts | bank-accounts | gl-accounts
    /** Since the last fetch. */
    waiting: integer('waiting').notNull(),
    received: bigint('received', { mode: 'number' }).notNull(),
    lastAt: at('last_at').notNull(),
    /** When it is to be fetched; null when nothing waits. */
    dueAt: at('due_at'),
    fetchedAt: at('fetched_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.administrationId, table.topic] }),
    index('notices_due')
      .on(table.dueAt)
      .where(sql`${table.dueAt} is not null`),
    systemAll(),
    tenantOnly(),
  ],
);

/** Our subscriptions at Exact, as far as we know. */
export const watches = pgTable(
  'watches',
  {
    tenantId: tenantId(),
    administrationId: uuid('administration_id').notNull(),
    subscriptions: jsonb('subscriptions').notNull(),
    attempts: integer('attempts').notNull(),
    failure: jsonb('failure'),
    checkedAt: at('checked_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.administrationId] }), tenantOnly()],
);
