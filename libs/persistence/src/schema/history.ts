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

/** Every act on relations, with what stood before: history and undo. */
export const actions = pgTable(
  'actions',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    kind: text('kind').notNull(), // merge | keep-apart | unsure | unlink | choose-leading | edit | resolve-conflict | merge-automatic | exact-change | undo
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    at: at('at').notNull(),
    relationIds: uuid('relation_ids').array().notNull(),
    administrationId: uuid('administration_id'),
    before: jsonb('before').notNull(),
    after: jsonb('after').notNull(),
    batchId: uuid('batch_id'),
    undoOf: uuid('undo_of'),
    undoneBy: uuid('undone_by'),
    isUndoable: boolean('is_undoable').notNull(),
    /** Of acts that are none on a relation: settings, questions approved, issues ignored. */
    facts: jsonb('facts'),
    /** What it says of people was taken out, as somebody was erased. */
    erasedAt: at('erased_at'),
    /** It has its entry in the chain of the history. */
    isSealed: boolean('is_sealed').notNull().default(false),
    /**
     * Chance that stands in the digest of what it says. It goes when somebody is erased: without it nobody finds out by guessing what
     * the digest was made of. None before it is sealed.
     */
    salt: uuid('salt'),
  },
  (table) => [
    /** Nearly all are sealed. */
    index('actions_unsealed')
      .on(table.tenantId, table.at, table.id)
      .where(sql`not ${table.isSealed}`),
    index('actions_time').on(table.tenantId, table.at, table.id),
    /** Few acts are about an issue. */
    index('actions_issue')
      .on(table.tenantId, sql`(${table.facts}->>'issueId')`)
      .where(sql`${table.facts} is not null`),
    /** Few acts belong to a batch. */
    index('actions_batch')
      .on(table.tenantId, table.batchId)
      .where(sql`${table.batchId} is not null`),
    tenantOnly(),
    systemCounts(sql`not is_sealed`),
  ],
);

/**
 * The acts of a tenant in a chain, each link of which depends on all before it (I10). A trigger refuses every change: what is here is only
 * ever added to.
 */
export const historyEntries = pgTable(
  'history_entries',
  {
    tenantId: tenantId(),
    /** From 1 on, without a gap. */
    number: integer('number').notNull(),
    actionId: uuid('action_id').notNull(),
    /** SHA-256 of what never changes in the act: who did what, when, to which relations. */
    digest: text('digest').notNull(),
    /** SHA-256 of what it says of values, which is taken out when somebody is erased. */
    content: text('content').notNull(),
    /** The act goes when it is old. */
    isTrimmable: boolean('is_trimmable').notNull(),
    link: text('link').notNull(),
    sealedAt: at('sealed_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.number] }),
    uniqueIndex('history_entries_action').on(table.tenantId, table.actionId),
    tenantOnly(),
  ],
);
