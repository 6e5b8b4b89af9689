import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { at, systemCounts, tenantId, tenantOnly } from './columns.js';

export const issues = pgTable(
  'issues',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    administrationId: uuid('administration_id'),
    /** The domain's cause, e.g. `double-in-administration`; texts are found by it. */
    cause: text('cause').notNull(),
    /** One open issue per cause key: the same trouble twice is one row that counts. */
    causeKey: text('cause_key').notNull(),
    class: text('class').notNull(), // transient | data | configuration | permission | bug
    isBlocking: boolean('is_blocking').notNull(),
    params: jsonb('params').notNull(),
    occurrences: integer('occurrences').notNull().default(1),
    state: text('state').notNull(), // open | resolved | ignored
    openedAt: at('opened_at').notNull(),
    lastSeenAt: at('last_seen_at').notNull(),
    closedAt: at('closed_at'),
    closedBy: text('closed_by'),
    ignoredReason: text('ignored_reason'),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    uniqueIndex('issues_open_cause')
      .on(table.tenantId, table.causeKey)
      .where(sql`${table.state} = 'open'`),
    index('issues_list').on(table.tenantId, table.state, table.openedAt, table.id),
    /** By the beginning of their key; every page that is fetched asks. */
    index('issues_unresolved')
      .on(table.tenantId, sql`cause_key collate "C"`)
      .where(sql`${table.state} in ('open', 'ignored')`),
    systemCounts(sql`state = 'open'`),
    tenantOnly(),
  ],
);

export const administrationSettings = pgTable(
  'administration_settings',
  {
    tenantId: tenantId(),
    administrationId: uuid('administration_id').notNull(),
    values: jsonb('values').notNull(),
    /** Per setting the administration whose choice it is kept equal to. */
    follows: jsonb('follows').notNull().default({}),
    version: integer('version').notNull().default(1),
    updatedAt: at('updated_at').notNull(),
    updatedBy: text('updated_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.administrationId] }), tenantOnly()],
);

/** Gapless: `next` moves in the transaction that stores the invoice, under the row's lock. */
export const numberSeries = pgTable(
  'number_series',
  {
    tenantId: tenantId(),
    administrationId: uuid('administration_id').notNull(),
    year: integer('year').notNull(),
    next: integer('next').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.administrationId, table.year] }), tenantOnly()],
);

export const invoiceNumbers = pgTable(
  'invoice_numbers',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    administrationId: uuid('administration_id').notNull(),
    /** `2021` + code + `00001`: text, twelve digits, never a number (product.md 3.9). */
    number: text('number').notNull(),
    year: integer('year').notNull(),
    sequence: integer('sequence').notNull(),
    invoiceDate: text('invoice_date').notNull(),
    /** The ERP's own name for the invoice: asking again gives the same number. */
    reference: text('reference').notNull(),
    exactEntryNumber: integer('exact_entry_number'),
    allocatedBy: text('allocated_by').notNull(),
    allocatedAt: at('allocated_at').notNull(),
  },
  (table) => [
    uniqueIndex('invoice_numbers_number').on(table.tenantId, table.number),
    uniqueIndex('invoice_numbers_sequence').on(
      table.tenantId,
      table.administrationId,
      table.year,
      table.sequence,
    ),
    uniqueIndex('invoice_numbers_reference').on(table.tenantId, table.administrationId, table.reference),
    tenantOnly(),
  ],
);
