import { sql } from 'drizzle-orm';
import {
  bigint,
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
import { at, systemAll, tenantId, tenantOnly } from './columns.js';

export const syncRuns = pgTable(
  'sync_runs',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    kind: text('kind').notNull(), // initial | addition | resync
    trigger: text('trigger').notNull(), // person | schedule | webhook
    /** fetching | aside | comparing | completed | failed | cancelled. "Waiting" is a property of steps. */
    state: text('state').notNull(),
    startedBy: text('started_by'),
    startedByName: text('started_by_name'),
    startedAt: at('started_at').notNull(),
    /** How far comparing is: done and total, for the progress page. */
    compared: integer('compared').notNull().default(0),
    compareTotal: integer('compare_total').notNull().default(0),
    endedAt: at('ended_at'),
    failure: jsonb('failure'),
    statistics: jsonb('statistics').notNull(),
    pausedAt: at('paused_at'),
  },
  (table) => [
    /** The guard of J01: one open run per coupling, whoever clicks. One that stands aside leaves its place free. */
    uniqueIndex('sync_runs_one_open')
      .on(table.tenantId)
      .where(sql`${table.state} in ('fetching', 'comparing')`),
    index('sync_runs_tenant').on(table.tenantId, table.startedAt),
    systemAll(),
    tenantOnly(),
  ],
);

export const syncSteps = pgTable(
  'sync_steps',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    runId: uuid('run_id').notNull(),
    administrationId: uuid('administration_id'),
    /** accounts | contacts | addresses | bank-accounts | gl-accounts | journals | vat-codes | payment-conditions | cost-centers | cost-units | deleted | compare */
    kind: text('kind').notNull(),
    /** Order within the administration. */
    position: integer('position').notNull().default(0),
    isFullRead: boolean('is_full_read').notNull().default(false),
    state: text('state').notNull(), // pending | running | waiting | done | failed | skipped
    /** Exact's `__next`, followed verbatim. */
    cursorNext: text('cursor_next'),
    /** The highest row version stored so far; text because it does not fit a double. */
    cursorTimestamp: text('cursor_timestamp').notNull().default('1'),
    /** How far the run before came, where the read begins before that. */
    knownUntil: text('known_until'),
    /** The administration's when the read was planned. */
    movedAt: text('moved_at'),
    records: integer('records').notNull().default(0),
    rejected: integer('rejected').notNull().default(0),
    expected: integer('expected'),
    calls: integer('calls').notNull().default(0),
    leaseOwner: text('lease_owner'),
    leaseUntil: at('lease_until'),
    /** The fence: raised at each take-over; a write with an older one hits no row. */
    epoch: integer('epoch').notNull().default(0),
    crashCount: integer('crash_count').notNull().default(0),
    attempts: integer('attempts').notNull().default(0),
    dueAt: at('due_at').notNull(),
    waitReason: text('wait_reason'),
    failure: jsonb('failure'),
    startedAt: at('started_at'),
    endedAt: at('ended_at'),
  },
  (table) => [
    uniqueIndex('sync_steps_part').on(table.tenantId, table.runId, table.administrationId, table.kind),
    index('sync_steps_due')
      .on(table.dueAt)
      .where(sql`${table.state} in ('pending', 'running', 'waiting')`),
    // Every reading of the metrics counts the last day's.
    index('sync_steps_failed')
      .on(table.endedAt)
      .where(sql`${table.state} = 'failed'`),
    systemAll(),
    tenantOnly(),
  ],
);

/** Notable moments of a run, for the log on the progress page. */
export const syncEvents = pgTable(
  'sync_events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    tenantId: tenantId(),
    runId: uuid('run_id').notNull(),
    administrationId: uuid('administration_id'),
    at: at('at').notNull(),
    key: text('key').notNull(),
    params: jsonb('params').notNull(),
  },
  (table) => [index('sync_events_run').on(table.tenantId, table.runId, table.id), systemAll(), tenantOnly()],
);

/** What parts of comparing came to, each told in the transaction that did it; summed up when the run ends. */
export const syncComparisons = pgTable(
  'sync_comparisons',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    tenantId: tenantId(),
    runId: uuid('run_id').notNull(),
    counts: jsonb('counts').notNull(),
  },
  (table) => [index('sync_comparisons_run').on(table.tenantId, table.runId), systemAll(), tenantOnly()],
);

/** Where the next resync begins, per administration and kind; committed with the rows it speaks of. */
export const cursors = pgTable(
  'cursors',
  {
    tenantId: tenantId(),
    administrationId: uuid('administration_id').notNull(),
    kind: text('kind').notNull(),
    timestamp: text('timestamp').notNull(),
    /** Where the next run reads from, when that is before it. */
    overlapFrom: text('overlap_from'),
    /** The administration's moved_at then; another value makes the cursor worthless. */
    movedAt: text('moved_at'),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.administrationId, table.kind] }), tenantOnly()],
);

/** What Koppel means to write into Exact; looked up before it is repeated when the outcome is uncertain. */
export const writeIntents = pgTable(
  'write_intents',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    administrationId: uuid('administration_id').notNull(),
    relationId: uuid('relation_id').notNull(),
    sourceRelationId: uuid('source_relation_id'),
    kind: text('kind').notNull(), // update | create
    /** What a new account is to be: customer, supplier. */
    roles: text('roles')
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** The domain's WrittenPart when it is about a contact person, address or bank account; null when it is about the account. */
    part: jsonb('part'),
    patch: jsonb('patch').notNull(),
    state: text('state').notNull(), // planned | sent | confirmed | uncertain | failed | superseded
    attempts: integer('attempts').notNull().default(0),
    triesBefore: integer('tries_before').notNull().default(0),
    failure: jsonb('failure'),
    /** Whose share of Exact's limits it is sent from: interactive | resync | plan. */
    purpose: text('purpose').notNull().default('interactive'),
    createdBy: text('created_by').notNull(),
    createdAt: at('created_at').notNull(),
    dueAt: at('due_at').notNull(),
    sentAt: at('sent_at'),
    settledAt: at('settled_at'),
  },
  (table) => [
    index('write_intents_due')
      .on(table.dueAt)
      .where(sql`${table.state} in ('planned', 'sent', 'uncertain')`),
    index('write_intents_open')
      .on(table.tenantId, table.sourceRelationId)
      .where(sql`${table.state} in ('planned', 'sent', 'uncertain')`),
    // Trying again looks for all that failed of an account.
    index('write_intents_failed')
      .on(table.tenantId, table.sourceRelationId, table.createdAt)
      .where(sql`${table.state} = 'failed'`),
    index('write_intents_relation').on(table.tenantId, table.relationId),
    // The plan reads those of an administration page by page, however much was written before.
    index('write_intents_open_parts')
      .on(table.tenantId, table.administrationId, table.id)
      .where(sql`${table.part} is not null and ${table.state} in ('planned', 'sent', 'uncertain')`),
    // Two at once would make two accounts of one relation.
    uniqueIndex('write_intents_one_create')
      .on(table.tenantId, table.relationId, table.administrationId)
      .where(
        sql`${table.kind} = 'create' and ${table.part} is null and ${table.state} in ('planned', 'sent', 'uncertain')`,
      ),
    systemAll(),
    tenantOnly(),
  ],
);

/** Journals, ledger accounts, VAT codes, payment conditions, cost centres and units as Exact has them. */
export const masters = pgTable(
  'masters',
  {
    tenantId: tenantId(),
    administrationId: uuid('administration_id').notNull(),
    kind: text('kind').notNull(),
    exactId: text('exact_id').notNull(),
    code: text('code').notNull(),
    description: text('description').notNull(),
    isBlocked: boolean('is_blocked').notNull().default(false),
    fields: jsonb('fields').notNull(),
    rowVersion: bigint('row_version', { mode: 'bigint' }),
    seenInRun: uuid('seen_in_run'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.administrationId, table.kind, table.exactId] }),
    tenantOnly(),
  ],
);
